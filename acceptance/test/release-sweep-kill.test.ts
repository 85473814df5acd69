import { expect, test } from 'vitest'
import { createBegunStage, lookAtRelease, playKilled, releaseOf, type ReleaseStage, sample, tickedIn } from '../src/index.ts'

const MINUTE = 60_000

const boardsOf = ({ github }: ReleaseStage, slug: string): readonly number[] =>
  [...github.world.state.issues.values()].flatMap(({ body, number }) =>
    body?.startsWith(`<!-- switchyard:release board=${slug} `) === true ? [number] : [],
  )

/** Two commands that nobody took, one of them wrong, and a board that is gone. */
async function prepare(): Promise<ReleaseStage> {
  const stage = await createBegunStage({
    name: 'two active',
    files: { 'release/releases/second.yml': releaseOf(3) },
    async begin({ play }) {
      for (const release of ['hotfix', 'second']) await play({ inputs: { mode: 'activate', release } })
    },
  })
  const [board = 0] = boardsOf(stage, 'hotfix')
  await stage.comment(board, '/step done rotate --all\n/step done reload brede')
  await stage.comment(board, '/step revert handshake brede')
  const { issues } = stage.github.world.state
  for (const [id, { number }] of issues) if (boardsOf(stage, 'second').includes(number)) issues.delete(id)
  stage.github.clock.advance(16 * MINUTE)
  return stage
}

async function count(): Promise<number> {
  const stage = await prepare()
  stage.github.log.reset()
  await stage.play({ eventName: 'schedule' })
  const { length } = stage.github.log.entries()
  await stage.close()
  return length
}

const REQUESTS = await count()
/** Issues are looked after side by side: what two of them ask together may be asked by one. */
const SPARED = 5

const KILLS = Array.from({ length: REQUESTS }, (_, at) => at + 1).flatMap((nth) =>
  (['lost-answer-before', 'lost-answer-after'] as const).map((kind) => ({ nth, kind })),
)

test.concurrent.each(sample(KILLS))('a sweep that is killed at request $nth ($kind) is made up for by the next', async ({ nth, kind }) => {
  const stage = await prepare()
  try {
    const { killedBy } = await playKilled(stage, { eventName: 'schedule' }, { match: { nth }, kind })
    if (nth <= REQUESTS - SPARED) expect(killedBy).toBe('SIGKILL')
    stage.github.clock.advance(16 * MINUTE)
    expect((await stage.play({ eventName: 'schedule' })).exitCode).toBe(0)
    const [board = 0, ...others] = boardsOf(stage, 'hotfix')
    expect(others).toEqual([])
    expect(boardsOf(stage, 'second')).toHaveLength(1)
    const { events, cells } = await lookAtRelease(stage)
    expect(cells).toEqual({ 'eu-1/brede': 'dd.', 'eu-1/kaldvik': 'd..', 'us-1/pelican': 'd..' })
    expect(events.filter(({ type }) => type === 'release.step-done')).toHaveLength(4)
    expect(stage.commentsOf(board).filter((text) => text.includes(' reply='))).toEqual([
      expect.stringContaining('**4 changes**'),
      expect.stringContaining('nothing to take back'),
    ])
    expect(tickedIn(stage.bodyOf(board))).toHaveLength(4)
    expect((await stage.play({ eventName: 'schedule' })).outputs['reason-code']).toBe('nothing-changed')
  } finally {
    await stage.close()
  }
})

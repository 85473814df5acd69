import type { JsonObject } from '@switchyard/core'
import { expect, test } from 'vitest'
import { createReleaseStage, lookAtRelease, playKilled, type ReleasePlay, type ReleaseStage, tickedIn } from '../src/index.ts'

const KINDS = ['lost-answer-before', 'lost-answer-after'] as const
const BOARD = 2

interface Scene {
  readonly stage: ReleaseStage
  /** The event whose run is killed. */
  readonly play: ReleasePlay
  readonly comment: number
}

async function prepare(what: 'activate' | 'done'): Promise<Scene> {
  const stage = await createReleaseStage()
  await stage.openIssue('Hotfix')
  if (what === 'done') await stage.say(1, '/release activate hotfix')
  const payload = await (what === 'done' ? stage.comment(BOARD, '/step done rotate --all') : stage.comment(1, '/release activate hotfix'))
  return { stage, play: { eventName: 'issue_comment', payload }, comment: Number((payload['comment'] as JsonObject)['id']) }
}

/** How many requests it takes when nothing happens. */
async function count(what: 'activate' | 'done'): Promise<number> {
  const { stage, play } = await prepare(what)
  stage.github.log.reset()
  await stage.play(play)
  const { length } = stage.github.log.entries()
  await stage.close()
  return length
}

const killsOf = async (what: 'activate' | 'done'): Promise<readonly { readonly nth: number; readonly kind: (typeof KINDS)[number] }[]> =>
  Array.from({ length: await count(what) }, (_, at) => at + 1).flatMap((nth) => KINDS.map((kind) => ({ nth, kind })))

function boardsOf({ github }: ReleaseStage): readonly number[] {
  return [...github.world.state.issues.values()].flatMap(({ body, number }) =>
    body?.includes('switchyard:release board=hotfix') === true ? [number] : [],
  )
}

function repliesTo(
  { commentsOf }: ReleaseStage,
  { issue, comment }: { readonly issue: number; readonly comment: number },
): readonly string[] {
  return commentsOf(issue).filter((text) => text.startsWith(`<!-- switchyard:release reply=${comment} -->`))
}

test.concurrent.each(await killsOf('activate'))(
  'an activation killed at request $nth ($kind) is whole after the next comment',
  { timeout: 60_000 },
  async ({ nth, kind }) => {
    const { stage, play, comment } = await prepare('activate')
    try {
      expect((await playKilled(stage, play, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      await stage.say(1, '/release list')
      const { events, cells } = await lookAtRelease(stage)
      expect(cells).toEqual({ 'eu-1/brede': '...', 'eu-1/kaldvik': '...', 'us-1/pelican': '...' })
      expect(events.filter(({ type }) => type === 'release.activated')).toHaveLength(1)
      const boards = boardsOf(stage)
      expect(boards).toHaveLength(1)
      expect(stage.bodyOf(boards[0] ?? 0).match(/^- \[ \] /gm)).toHaveLength(9)
      expect(repliesTo(stage, { issue: 1, comment })).toEqual([expect.stringContaining('is active')])
      // The board that is there is the one that the ledger knows.
      const { outputs } = await stage.say(boards[0] ?? 0, '/step done rotate eu-1/brede')
      expect(outputs['decision']).toBe('done')
      expect(boardsOf(stage)).toHaveLength(1)
      expect(tickedIn(stage.bodyOf(boards[0] ?? 0))).toEqual(['eu-1/brede rotate'])
    } finally {
      await stage.close()
    }
  },
)

test.concurrent.each(await killsOf('done'))(
  'a done killed at request $nth ($kind) is whole after the next comment',
  { timeout: 60_000 },
  async ({ nth, kind }) => {
    const { stage, play, comment } = await prepare('done')
    try {
      expect((await playKilled(stage, play, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      await stage.say(BOARD, '/step done reload eu-1/brede')
      const { events, cells } = await lookAtRelease(stage)
      expect(cells).toEqual({ 'eu-1/brede': 'dd.', 'eu-1/kaldvik': 'd..', 'us-1/pelican': 'd..' })
      expect(events.filter(({ type }) => type === 'release.step-done')).toHaveLength(4)
      expect(tickedIn(stage.bodyOf(BOARD)).toSorted()).toEqual([
        'eu-1/brede reload',
        'eu-1/brede rotate',
        'eu-1/kaldvik rotate',
        'us-1/pelican rotate',
      ])
      expect(repliesTo(stage, { issue: BOARD, comment })).toEqual([expect.stringContaining('3 changes')])
      const checks = [...stage.github.world.state.checkRuns.values()]
      expect(checks.at(-1)?.output.title).toContain('44 %')
    } finally {
      await stage.close()
    }
  },
)

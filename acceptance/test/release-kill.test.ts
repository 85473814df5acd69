import type { JsonObject } from '@switchyard/core'
import { expect, test } from 'vitest'
import {
  createHotfixStage,
  createReleaseStage,
  lookAtRelease,
  playKilled,
  type ReleasePlay,
  type ReleaseStage,
  sample,
  tickedIn,
} from '../src/index.ts'

const KINDS = ['lost-answer-before', 'lost-answer-after'] as const
const BOARD = 2

interface Scene {
  readonly stage: ReleaseStage
  /** The event whose run is killed. */
  readonly play: ReleasePlay
  readonly comment: number
}

async function prepare(what: 'activate' | 'done'): Promise<Scene> {
  const stage = await (what === 'done' ? createHotfixStage() : createReleaseStage())
  if (what === 'activate') await stage.openIssue('Hotfix')
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

test.concurrent.each(sample(await killsOf('activate')))(
  'an activation killed at request $nth ($kind) is whole after the next comment',
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

test.concurrent.each(sample(await killsOf('done')))(
  'a done killed at request $nth ($kind) is whole after the next comment',
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

/** A second issue, on which the same release is asked for again while the first run is about to open its issues. */
async function askMeanwhile(stage: ReleaseStage, say: () => Promise<unknown>, play: () => Promise<unknown>): Promise<void> {
  let meanwhile: Promise<void> | undefined
  stage.github.faults.add({
    match: { operation: 'openIssues', nth: 1 },
    kind: 'hold',
    get until() {
      return (meanwhile ??= say().then(() => undefined))
    },
  })
  await play()
  await meanwhile
  expect(meanwhile).toBeDefined()
}

test('an issue on which a release is asked for while its board is being opened opens no second one', async () => {
  const { stage, play } = await prepare('activate')
  try {
    const other = await stage.openIssue('The same')
    const again = (): Promise<unknown> => stage.say(other, '/release activate hotfix')
    await askMeanwhile(stage, again, () => stage.play(play))
    expect(boardsOf(stage)).toHaveLength(1)
    expect(stage.commentsOf(other).at(-1)).toContain('is active already')
  } finally {
    await stage.close()
  }
})

test.each([
  ['a comment and a comment', (stage: ReleaseStage, other: number) => stage.say(other, '/release activate hotfix')],
  ['a comment and a sweep', (stage: ReleaseStage) => stage.play({ eventName: 'schedule', inputs: { mode: 'sweep' } })],
])('of %s on a release whose run was killed before its board was opened, one opens it', async (_, second) => {
  const { stage, play } = await prepare('activate')
  try {
    const other = await stage.openIssue('The same')
    expect((await playKilled(stage, play, { match: { operation: 'openIssues', nth: 1 }, kind: 'lost-answer-before' })).killedBy).toBe(
      'SIGKILL',
    )
    expect(boardsOf(stage)).toEqual([])
    // A sweep leaves a release alone that was begun a moment ago.
    stage.github.clock.advance(20 * 60_000)
    await askMeanwhile(
      stage,
      () => second(stage, other),
      () => stage.say(1, '/release activate hotfix'),
    )
    expect(boardsOf(stage)).toHaveLength(1)
  } finally {
    await stage.close()
  }
})

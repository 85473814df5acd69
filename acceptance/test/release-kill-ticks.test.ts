import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createHotfixStage,
  flip,
  lookAtRelease,
  MAINTAINER,
  PLATFORM,
  playKilled,
  type ReleasePlay,
  type ReleaseStage,
  sample,
  tickedIn,
} from '../src/index.ts'

const KINDS = ['lost-answer-before', 'lost-answer-after'] as const
const BOARD = 2
const BREDE = 'eu-1/brede'
const MINUTE = 60_000

async function prepare(): Promise<ReleaseStage> {
  const stage = await createHotfixStage()
  return stage
}

async function click(stage: ReleaseStage, step: string, by = MAINTAINER): Promise<ReleasePlay> {
  const payload = await stage.change(BOARD, flip(BREDE, step), by)
  return { eventName: 'issues', payload, actor: by, run: await stage.startRun('issues', by) }
}

const sweep: ReleasePlay = { eventName: 'schedule', inputs: { mode: 'sweep' } }
const BEFORE_COMMIT = { match: { operation: 'CommitToLedger' }, kind: 'lost-answer-before' } as const

async function stepEvents(stage: ReleaseStage): Promise<readonly string[]> {
  const { events } = await lookAtRelease(stage)
  return events.flatMap(({ type, data, actor }) =>
    type.startsWith('release.step-') ? [`${type.slice(13)} ${String(data.step)} by ${actor.login}`] : [],
  )
}

/** How many requests a tick takes when nothing happens. */
async function count(): Promise<number> {
  const stage = await prepare()
  const tick = await click(stage, 'rotate')
  stage.github.log.reset()
  await stage.play(tick)
  const requests = stage.github.log.count()
  await stage.close()
  return requests
}

const kills = Array.from({ length: await count() }, (_, at) => at + 1).flatMap((nth) => KINDS.map((kind) => ({ nth, kind })))

test.concurrent.each(sample(kills))(
  'a tick killed at request $nth ($kind) is done once when its run is repeated',
  async ({ nth, kind }) => {
    const stage = await prepare()
    try {
      const tick = await click(stage, 'rotate')
      expect((await playKilled(stage, tick, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      stage.github.world.rerun(tick.run?.id ?? 0)
      expect((await stage.play({ ...tick, attempt: 2 })).exitCode).toBe(0)
      expect(await stepEvents(stage)).toEqual(['done rotate by maintainer'])
      expect(tickedIn(stage.bodyOf(BOARD))).toEqual([`${BREDE} rotate`])
    } finally {
      await stage.close()
    }
  },
)

test.concurrent.each(sample(kills))('a tick killed at request $nth ($kind) is done once when the sweep comes', async ({ nth, kind }) => {
  const stage = await prepare()
  try {
    expect((await playKilled(stage, await click(stage, 'rotate', 'writer'), { match: { nth }, kind })).killedBy).toBe('SIGKILL')
    stage.github.clock.advance(30 * MINUTE)
    expect((await stage.play(sweep)).exitCode).toBe(0)
    expect(await stepEvents(stage)).toEqual(['done rotate by writer'])
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual([`${BREDE} rotate`])
    expect(stage.commentsOf(BOARD)).toEqual([])
  } finally {
    await stage.close()
  }
})

describe('ticks whose runs were killed before their commits', () => {
  let stage: ReleaseStage
  beforeEach(async () => {
    stage = await prepare()
  })
  afterEach(() => stage.close())

  const kill = async (tick: ReleasePlay): Promise<void> => {
    expect((await playKilled(stage, tick, BEFORE_COMMIT)).killedBy).toBe('SIGKILL')
  }

  test('are left to their runs by a sweep that comes soon after', async () => {
    const tick = await click(stage, 'rotate')
    await stage.play(sweep)
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual([`${BREDE} rotate`])
    expect(await stepEvents(stage)).toEqual([])
    await stage.play(tick)
    expect(await stepEvents(stage)).toEqual(['done rotate by maintainer'])
  })

  test('are put back by the sweep where two cannot be told apart, with a word about it, once', async () => {
    await kill(await click(stage, 'rotate'))
    await kill(await click(stage, 'reload', 'writer'))
    stage.github.clock.advance(30 * MINUTE)
    await stage.play(sweep)
    await stage.play(sweep)
    expect(await stepEvents(stage)).toEqual([])
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual([])
    expect(stage.commentsOf(BOARD)).toEqual([
      expect.stringMatching(/@writer[^]*`rotate` of `eu-1\/brede`, `reload` of `eu-1\/brede`[^]*again/),
    ])
  })

  test('are undone and explained by the sweep where whoever clicked may not', async () => {
    stage.github.world.addCollaborator(PLATFORM, 'writer', 'write')
    await kill(await click(stage, 'rotate', 'writer'))
    stage.github.world.addCollaborator(PLATFORM, 'writer', 'read')
    stage.github.clock.advance(30 * MINUTE)
    await stage.play(sweep)
    expect(await stepEvents(stage)).toEqual([])
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual([])
    expect(stage.commentsOf(BOARD)).toEqual([expect.stringMatching(/@writer[^]*write/)])
  })

  test('are taken by the sweep, and once only where the run comes late after all', async () => {
    const tick = await click(stage, 'rotate', 'writer')
    stage.github.clock.advance(30 * MINUTE)
    await stage.play(sweep)
    await stage.play(tick)
    expect(await stepEvents(stage)).toEqual(['done rotate by writer'])
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual([`${BREDE} rotate`])
  })
})

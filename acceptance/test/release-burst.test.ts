import { isJsonObject, type JsonObject } from '@switchyard/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHotfixStage, lookAtRelease, playKilled, type ReleasePlay, type ReleaseStage } from '../src/index.ts'

const BOARD = 2
const PEOPLE = ['maintainer', 'writer'] as const

let stage: ReleaseStage
beforeEach(async () => {
  stage = await createHotfixStage()
})
afterEach(() => stage.close())

/** 30 comments that only come out right one after the other: the same step, done and reverted in turn. */
async function write(): Promise<readonly ReleasePlay[]> {
  const plays: ReleasePlay[] = []
  for (let nth = 1; nth <= 30; nth += 1) {
    const actor = PEOPLE[nth % 2] ?? 'maintainer'
    const payload: JsonObject = await stage.comment(
      BOARD,
      `/step ${nth % 2 === 1 ? 'done' : 'revert'} rotate eu-1/brede "number ${nth}"`,
      actor,
    )
    plays.push({ eventName: 'issue_comment', payload, actor })
  }
  return plays
}

async function playAll(plays: readonly ReleasePlay[], atOnce: number): Promise<void> {
  const left = [...plays]
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { exitCode } = await stage.play(next)
      expect(exitCode).toBe(0)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

/** Whom each reply answers, by the comments' own numbers. */
function repliesOf(): readonly string[] {
  return stage.commentsOf(BOARD).flatMap((text) => /^<!-- switchyard:release reply=(\d+) -->/.exec(text)?.[1] ?? [])
}

function idOf(payload: JsonObject = {}): string {
  const { comment } = payload
  return isJsonObject(comment) ? String(Number(comment['id'])) : ''
}

async function expectEachOnce(plays: readonly ReleasePlay[]): Promise<void> {
  const { events } = await lookAtRelease(stage)
  const steps = events.filter(({ type }) => type.startsWith('release.step-'))
  expect(steps.map(({ data, actor }) => `${String(data['notes'] ?? data['reason'])} by ${actor.login}`)).toEqual(
    plays.map(({ actor }, at) => `number ${at + 1} by ${actor}`),
  )
  const ids = plays.map(({ payload }) => idOf(payload))
  expect(repliesOf().toSorted()).toEqual(ids.toSorted())
  for (const [at, id] of ids.entries()) {
    const reply = stage.commentsOf(BOARD).find((text) => text.startsWith(`<!-- switchyard:release reply=${id} -->`))
    expect(reply).toContain(`number ${at + 1}`)
  }
}

test('30 comments, a run each, one after the other', async () => {
  const plays = await write()
  await playAll(plays, 1)
  expect(repliesOf()).toHaveLength(30)
  await expectEachOnce(plays)
})

test('30 comments, six runs at once: 30 outcomes in the order of the comments, each answered once', async () => {
  const plays = await write()
  await playAll(plays, 6)
  expect(repliesOf()).toHaveLength(30)
  await expectEachOnce(plays)
})

test('30 comments of which 29 runs were cancelled: the last one answers them all', async () => {
  const plays = await write()
  await playAll(plays.slice(-1), 1)
  expect(repliesOf()).toHaveLength(30)
  await expectEachOnce(plays)
})

test('30 comments, each event twice, the later ones first', async () => {
  const plays = await write()
  await playAll([...plays, ...plays].toReversed(), 4)
  expect(repliesOf()).toHaveLength(30)
  await expectEachOnce(plays)
})

test.each([
  ['before its commit', { match: { operation: 'CommitToLedger' }, kind: 'lost-answer-before' }],
  ['after its commit', { match: { operation: 'CommitToLedger' }, kind: 'lost-answer-after' }],
] as const)('30 comments whose first run is killed %s: the next answers them all', async (_, kill) => {
  const plays = await write()
  const [first = {}, ...rest] = plays
  expect((await playKilled(stage, first, kill)).killedBy).toBe('SIGKILL')
  await playAll(rest.slice(-1), 1)
  await expectEachOnce(plays)
})

test('one wrong comment in a burst keeps none of the others back, and is told why', async () => {
  const plays = [...(await write())]
  const payload = await stage.comment(BOARD, '/step revert reload eu-1/brede')
  await playAll([...plays.slice(-3), { eventName: 'issue_comment', payload, actor: 'maintainer' }], 4)
  const { events } = await lookAtRelease(stage)
  expect(events.filter(({ type }) => type.startsWith('release.step-'))).toHaveLength(30)
  expect(repliesOf()).toHaveLength(31)
  expect(new Set(repliesOf()).size).toBe(31)
})

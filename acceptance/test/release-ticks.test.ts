import { setTimeout } from 'node:timers/promises'
import type { JsonObject } from '@switchyard/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHotfixStage, flip, lookAtRelease, MAINTAINER, type ReleaseStage, tickedIn } from '../src/index.ts'

const BOARD = 2
const PEOPLE = ['maintainer', 'writer'] as const

/** Four customers of five steps. */
const FILES = {
  'release/inventory.yml': `clusters:\n  - name: eu-1\n    customers:\n${['a', 'b', 'c', 'd'].map((name) => `      - { name: Port ${name}, namespace: ${name} }\n`).join('')}`,
  'release/releases/hotfix.yml': `name: A fix\ntype: hotfix\nversion_number: '1'\nsteps:\n  deploy:\n${['one', 'two', 'three', 'four', 'five'].map((id) => `    - { id: ${id}, name: Step ${id}, type: text, content: Look. }\n`).join('')}`,
}
const BOXES = ['a', 'b', 'c', 'd'].flatMap((name) =>
  ['one', 'two', 'three', 'four', 'five'].map((step) => ({ address: `eu-1/${name}`, step })),
)
const ALL = BOXES.map(({ address, step }) => `${address} ${step}`).toSorted()

let stage: ReleaseStage
beforeEach(async () => {
  stage = await createHotfixStage({ files: FILES })
})
afterEach(() => stage.close())

/** Handles events as they are given, so many at a time. */
async function handle(
  events: readonly { readonly payload: JsonObject; readonly actor: string }[],
  { atOnce, token }: { readonly atOnce: number; readonly token?: string },
): Promise<void> {
  const left = [...events]
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { exitCode } = await stage.play({ eventName: 'issues', ...next, ...(token !== undefined && { token }) })
      expect(exitCode).toBe(0)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

async function expectAllDone(): Promise<void> {
  const { events, cells } = await lookAtRelease(stage)
  expect(cells).toEqual(Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`eu-1/${name}`, 'ddddd'])))
  const done = events.filter(({ type }) => type === 'release.step-done')
  expect(done).toHaveLength(20)
  for (const person of PEOPLE) expect(done.filter(({ actor }) => actor.login === person)).toHaveLength(10)
}

async function tickAll(): Promise<readonly { readonly payload: JsonObject; readonly actor: string }[]> {
  const events = []
  for (const [at, { address, step }] of BOXES.entries()) {
    const actor = PEOPLE[at % 2] ?? MAINTAINER
    events.push({ actor, payload: await stage.change(BOARD, flip(address, step), actor) })
  }
  return events
}

test('20 ticks by two people, whose runs come in the wrong order and three at once: none is lost, and each is its clicker’s', async () => {
  await handle((await tickAll()).toReversed(), { atOnce: 3 })
  expect(stage.commentsOf(BOARD)).toEqual([])
  await expectAllDone()
})

test('20 ticks that fall between redraws are all taken, and the next run that draws shows them', async () => {
  const running: Promise<void>[] = []
  for (const [at, { address, step }] of BOXES.entries()) {
    const actor = PEOPLE[at % 2] ?? MAINTAINER
    running.push(handle([{ actor, payload: await stage.change(BOARD, flip(address, step), actor) }], { atOnce: 1 }))
    await setTimeout(150)
  }
  await Promise.all(running)
  await expectAllDone()
  await stage.say(BOARD, '/step revert five eu-1/d\n/step done five eu-1/d')
  expect(tickedIn(stage.bodyOf(BOARD)).toSorted()).toEqual(ALL)
})

test('the same event twice ticks once', async () => {
  const payload = await stage.change(BOARD, flip('eu-1/a', 'one'))
  await handle(
    [payload, payload, payload].map((each) => ({ payload: each, actor: MAINTAINER })),
    { atOnce: 3 },
  )
  expect((await lookAtRelease(stage)).events.filter(({ type }) => type === 'release.step-done')).toHaveLength(1)
})

test('a box on an issue that only looks like the board does nothing', async () => {
  const forged = await stage.openIssue('Release A fix')
  await stage.change(forged, () => stage.bodyOf(BOARD))
  const ticked = await stage.edit(forged, flip('eu-1/a', 'one'))
  expect(ticked.outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'not-for-us' })
  expect((await lookAtRelease(stage)).cells['eu-1/a']).toBe('.....')
})

test('tick, untick, tick again: what was clicked last holds', async () => {
  for (const expected of ['d', 'r', 'd', 'r', 'd']) {
    await stage.edit(BOARD, flip('eu-1/a', 'one'))
    expect((await lookAtRelease(stage)).cells['eu-1/a']?.[0]).toBe(expected)
  }
  expect(tickedIn(stage.bodyOf(BOARD))).toEqual(['eu-1/a one'])
})

test('three clicks on one box within a second are three outcomes, even where no redraw came between', async () => {
  const events = []
  for (let click = 0; click < 3; click += 1) events.push({ payload: await stage.change(BOARD, flip('eu-1/a', 'one')), actor: MAINTAINER })
  await handle(events, { atOnce: 1 })
  const { cells, events: recorded } = await lookAtRelease(stage)
  expect(cells['eu-1/a']).toBe('d....')
  expect(recorded.flatMap(({ type }) => (type.startsWith('release.step-') ? [type] : []))).toEqual([
    'release.step-done',
    'release.step-reverted',
    'release.step-done',
  ])
})

test('an edit of text is put back, and the ticks in it count', async () => {
  const before = stage.bodyOf(BOARD)
  const { outputs } = await stage.edit(BOARD, (body) => flip('eu-1/b', 'two')(flip('eu-1/a', 'one')(body)).replace('Port c', 'Port @evil'))
  expect(outputs).toMatchObject({ decision: 'done', changes: '2' })
  expect(tickedIn(stage.bodyOf(BOARD))).toEqual(['eu-1/a one', 'eu-1/b two'])
  expect(stage.bodyOf(BOARD)).not.toContain('@evil')
  expect(stage.bodyOf(BOARD).match(/^- \[/gm)).toHaveLength(before.match(/^- \[/gm)?.length ?? 0)
  expect(stage.commentsOf(BOARD)).toEqual([expect.stringContaining('put back')])
})

test.each([
  ['everything is gone', (): string => ''],
  ['the marker is gone', (body: string): string => body.split('\n').slice(1).join('\n')],
  ['a box stands twice', (body: string): string => body.replace(/^(- \[ \] .*)$/m, '$1\n$1')],
  ['a box is made up', (body: string): string => `${body}\n- [x] Step \`one\` <!-- eu-1/nobody -->\n`],
  ['it became another release’s', (body: string): string => body.replace('board=hotfix', 'board=other')],
])('an edit after which %s is put back and explained, and changes nothing', async (_, change) => {
  const before = stage.bodyOf(BOARD)
  await stage.edit(BOARD, change)
  expect(stage.bodyOf(BOARD)).toBe(before)
  expect(stage.commentsOf(BOARD)).toEqual([expect.stringContaining('put back')])
  expect((await lookAtRelease(stage)).events.filter(({ type }) => type.startsWith('release.step'))).toEqual([])
})

test('an edit by someone without permission is undone and explained, once', async () => {
  const before = stage.bodyOf(BOARD)
  const payload = await stage.change(BOARD, flip('eu-1/a', 'one'))
  const ofReader = { ...payload, sender: { ...(payload['sender'] as JsonObject), login: 'reader' } }
  await handle([{ payload: ofReader, actor: 'reader' }], { atOnce: 1 })
  expect(stage.bodyOf(BOARD)).toBe(before)
  expect(stage.commentsOf(BOARD)).toEqual([expect.stringMatching(/@reader[\s\S]*write/)])
  expect((await lookAtRelease(stage)).cells['eu-1/a']).toBe('.....')
})

test('a run that is started again says once why an edit was refused, and says so of another edit, too', async () => {
  const refuse = async (step: string, attempts: readonly number[]): Promise<void> => {
    const payload = await stage.change(BOARD, flip('eu-1/a', step))
    const ofReader = { ...payload, sender: { ...(payload['sender'] as JsonObject), login: 'reader' } }
    const run = await stage.startRun('issues', 'reader')
    for (const attempt of attempts) await stage.play({ eventName: 'issues', payload: ofReader, actor: 'reader', run, attempt })
  }
  await refuse('one', [1, 2, 3])
  expect(stage.commentsOf(BOARD)).toHaveLength(1)
  await refuse('two', [1, 2])
  expect(stage.commentsOf(BOARD)).toHaveLength(2)
})

test('runs with a personal token send events too: they tick and revert nothing, and wake no one another for ever', async () => {
  const token = stage.tokenOf(MAINTAINER)
  const edits: { payload: JsonObject; actor: string }[] = []
  const stop = stage.github.world.onEvent(({ name, payload }) => {
    if (name === 'issues') edits.push({ payload: JSON.parse(JSON.stringify(payload)), actor: MAINTAINER })
  })
  await handle((await tickAll()).slice(0, 20), { atOnce: 3, token })
  await expectAllDone()
  const own = edits.splice(0).slice(20)
  expect(own.length).toBeGreaterThan(0)
  await handle(own.toReversed(), { atOnce: 3, token })
  await expectAllDone()
  const further = edits.splice(0)
  await handle(further, { atOnce: 1, token })
  await expectAllDone()
  expect(edits).toEqual([])
  stop()
})

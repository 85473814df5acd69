import type { JsonObject } from '@switchyard/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHotfixStage, flip, lookAtRelease, MAINTAINER, type ReleasePlay, type ReleaseStage, tickedIn } from '../src/index.ts'

// A person's client writes the whole body as it had it, whatever was drawn or ticked since it was loaded.

const BOARD = 2
const BREDE = 'eu-1/brede'

let stage: ReleaseStage
beforeEach(async () => {
  stage = await createHotfixStage()
})
afterEach(() => stage.close())

/** A click on a board as it was loaded earlier; the event, and a run that starts with it. */
async function clickOn(loaded: string, step: string, by = MAINTAINER): Promise<ReleasePlay> {
  const payload = await stage.change(BOARD, () => flip(BREDE, step)(loaded), by)
  return { eventName: 'issues', payload, actor: by, run: await stage.startRun('issues', by) }
}

async function play(given: ReleasePlay): Promise<string | undefined> {
  const { exitCode, outputs } = await stage.play(given)
  expect(exitCode).toBe(0)
  return outputs['reason-code']
}

const cells = async (): Promise<string | undefined> => (await lookAtRelease(stage)).cells[BREDE]
const stepEvents = async (): Promise<readonly string[]> =>
  (await lookAtRelease(stage)).events.flatMap(({ type, data, actor }) =>
    type.startsWith('release.step-') ? [`${type.slice(13)} ${String(data.step)} by ${actor.login}`] : [],
  )

test('a tick on a board that was drawn anew meanwhile takes back nobody’s, says nothing, and is drawn', async () => {
  const old = stage.bodyOf(BOARD)
  await play(await clickOn(old, 'rotate'))
  await play(await clickOn(old, 'reload', 'writer'))
  expect(await stepEvents()).toEqual(['done rotate by maintainer', 'done reload by writer'])
  expect(tickedIn(stage.bodyOf(BOARD))).toEqual([`${BREDE} rotate`, `${BREDE} reload`])
  expect(stage.commentsOf(BOARD)).toEqual([])
})

test('a tick by somebody who has not seen another’s, before either was read, loses none in either order', async () => {
  const old = stage.bodyOf(BOARD)
  const first = await clickOn(old, 'rotate')
  const second = await clickOn(old, 'reload', 'writer')
  await play(second)
  await play(first)
  expect((await stepEvents()).toSorted()).toEqual(['done reload by writer', 'done rotate by maintainer'])
  expect(tickedIn(stage.bodyOf(BOARD))).toEqual([`${BREDE} rotate`, `${BREDE} reload`])
})

test('a tick that a redraw overwrote before its run read it is taken all the same', async () => {
  const tick = await clickOn(stage.bodyOf(BOARD), 'rotate')
  await stage.say(BOARD, '/step done reload eu-1/brede')
  expect(tickedIn(stage.bodyOf(BOARD))).toEqual([`${BREDE} reload`])
  await play(tick)
  expect(await cells()).toBe('dd.')
  expect(tickedIn(stage.bodyOf(BOARD))).toEqual([`${BREDE} rotate`, `${BREDE} reload`])
})

test('an untick on a board that was drawn anew meanwhile reverts that step and no other', async () => {
  await stage.say(BOARD, '/step done rotate eu-1/brede')
  const old = stage.bodyOf(BOARD)
  await play(await clickOn(old, 'reload', 'writer'))
  await play(await clickOn(old, 'rotate'))
  expect(await cells()).toBe('rd.')
  expect(tickedIn(stage.bodyOf(BOARD))).toEqual([`${BREDE} reload`])
})

test('a tick on a board that still shows as done what was reverted meanwhile does not do it again', async () => {
  await stage.say(BOARD, '/step done rotate eu-1/brede')
  const old = stage.bodyOf(BOARD)
  await stage.say(BOARD, '/step revert rotate eu-1/brede')
  await play(await clickOn(old, 'reload'))
  expect(await cells()).toBe('rd.')
})

test('several unticks on a board that was drawn anew meanwhile are put back, and whoever made them is told', async () => {
  await stage.say(BOARD, '/step done rotate eu-1/brede\n/step done reload eu-1/brede')
  const old = stage.bodyOf(BOARD)
  await play(await clickOn(old, 'handshake', 'writer'))
  await play(await clickOn(flip(BREDE, 'rotate')(old), 'reload'))
  expect(await cells()).toBe('ddd')
  expect(tickedIn(stage.bodyOf(BOARD))).toHaveLength(3)
  expect(stage.commentsOf(BOARD).at(-1)).toMatch(/^<!--.*-->\n@maintainer\n\n- The board changed while you edited it/)
})

test('an old board that a person brings back is drawn anew, and nothing is recorded', async () => {
  const old = stage.bodyOf(BOARD)
  await stage.say(BOARD, '/step done rotate eu-1/brede')
  const drawn = stage.bodyOf(BOARD)
  expect(await play({ eventName: 'issues', payload: await stage.change(BOARD, () => old) })).toBe('nothing-changed')
  expect(stage.bodyOf(BOARD)).toBe(drawn)
  expect(await cells()).toBe('d..')
})

const orders = [
  [2, 1],
  [1, 3, 2],
  [2, 1, 3],
  [2, 3, 1],
  [3, 1, 2],
  [3, 2, 1],
] as const

test.each(orders.map((order) => [order.join(', '), order] as const))(
  'clicks on one box whose runs come as %s: what was clicked last holds',
  async (_, order) => {
    const clicks = []
    for (const _click of order) clicks.push(await clickOn(stage.bodyOf(BOARD), 'rotate'))
    for (const nth of order) await play(clicks[nth - 1] ?? {})
    const isDone = order.length % 2 === 1
    expect((await cells())?.[0] === 'd').toBe(isDone)
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual(isDone ? [`${BREDE} rotate`] : [])
  },
)

test('three clicks on one box whose runs overlap: what was clicked last holds', async () => {
  const clicks: ReleasePlay[] = []
  for (let click = 0; click < 3; click += 1) clicks.push(await clickOn(stage.bodyOf(BOARD), 'rotate'))
  await Promise.all(clicks.map(play))
  expect(await cells()).toBe('d..')
})

test('a click whose run is repeated counts once, whatever was clicked since', async () => {
  const first = await clickOn(stage.bodyOf(BOARD), 'rotate')
  await play(first)
  await play(await clickOn(stage.bodyOf(BOARD), 'rotate', 'writer'))
  stage.github.world.rerun(first.run?.id ?? 0)
  await play({ ...first, attempt: 2 })
  expect(await stepEvents()).toEqual(['done rotate by maintainer', 'reverted rotate by writer'])
  expect(await cells()).toBe('r..')
})

test('a redraw by a bot costs no request', async () => {
  const old = stage.bodyOf(BOARD)
  await stage.say(BOARD, '/step done rotate eu-1/brede')
  const payload = await stage.change(BOARD, () => old)
  const ofBot = { ...payload, sender: { ...(payload['sender'] as JsonObject), type: 'Bot' } }
  stage.github.log.reset()
  expect(await play({ eventName: 'issues', payload: ofBot })).toBe('not-for-us')
  expect(stage.github.log.count()).toBe(0)
})

test('a redraw with a person’s token that takes an unread tick off the board is no untick of that person', async () => {
  const token = stage.tokenOf(MAINTAINER)
  const old = stage.bodyOf(BOARD)
  const refused = await clickOn(old, 'reload')
  const unread = await clickOn(old, 'rotate', 'writer')
  const own: JsonObject[] = []
  const stop = stage.github.world.onEvent(({ name, payload }) => {
    if (name === 'issues') own.push(JSON.parse(JSON.stringify(payload)))
  })
  const sender = { ...(refused.payload?.['sender'] as JsonObject), login: 'reader' }
  await play({ ...refused, payload: { ...refused.payload, sender }, token })
  stop()
  expect(own).toHaveLength(1)
  await play({ eventName: 'issues', payload: own[0] ?? {}, token })
  await play({ ...unread, token })
  expect(await stepEvents()).toEqual(['done rotate by writer'])
  expect(stage.commentsOf(BOARD)).toEqual([expect.stringContaining('@reader')])
})

test('a click on a box of nobody, which somebody wrote into the board, is put back', async () => {
  const drawn = stage.bodyOf(BOARD)
  const last = drawn.trimEnd().split('\n').at(-1) ?? ''
  await stage.change(BOARD, (body) => body.replace(last, '- [ ] Do `rotate` <!-- eu-1/nobody -->\n'))
  await stage.edit(BOARD, flip('eu-1/nobody', 'rotate'))
  expect(stage.bodyOf(BOARD)).toBe(drawn)
  expect(await stepEvents()).toEqual([])
})

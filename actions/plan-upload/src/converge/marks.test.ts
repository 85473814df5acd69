import { expect, test } from 'vitest'
import { lookAt } from '../plan-ending.test-support.ts'
import type { PlanLab } from '../plan-lab.test-support.ts'
import { playWhole, prepare, textOf } from './prepared.test-support.ts'

/** The first request that makes tasks. */
const TASKS = 8
/** The one that makes the epic. */
const EPIC = TASKS - 2
/** The request of a sync that makes the added task and story. */
const SYNC_STORIES = 9
const EDITS: Readonly<Record<string, (body: string) => string>> = {
  'a line above the mark': (body) => `Please talk to Anna first.\n\n${body}`,
  'a blank line above it': (body) => `\n${body}`,
  'the mark’s line indented': (body) => `  \t${body}`,
  'another editor’s line ends': (body) => body.replaceAll('\n', '\r\n'),
  'text above it and other line ends': (body) => `Anna says:\r\n\r\n ${body.replaceAll('\n', ' \r\n')}`,
}
const FINISHES: Readonly<Record<string, (lab: PlanLab) => Promise<unknown>>> = {
  'the sweep': (lab) => lab.sweep(),
  'the next comment': (lab) => lab.say('/plan show'),
}

const { ending } = await playWhole('materialise')

/** Epic, stories and ten tasks are made, and the run dies before it hears of the tasks. */
async function killed() {
  const prepared = await prepare('materialise')
  const { lab, payload } = prepared
  expect(
    await lab.play({ eventName: 'issue_comment', payload, kill: { match: { nth: TASKS }, kind: 'lost-answer-after' } }),
  ).toBeUndefined()
  lab.local.clock.advance(20 * 60_000)
  return prepared
}

const edit = (lab: PlanLab, titles: readonly string[], change: (body: string) => string): void => {
  for (const issue of lab.issues()) if (issue.number > 1 && titles.includes(issue.title)) issue.body = change(issue.body ?? '')
}
const EDITED = ['Reminders', 'North', 'Do north 1']
const lastCard = (lab: PlanLab): string =>
  [...lab.local.world.state.comments.values()].find(({ body }) => body.startsWith('<!-- switchyard:plan card -->'))?.body ?? ''

const CASES = Object.keys(EDITS).map((change, at) => ({ change, finish: Object.keys(FINISHES)[at % 2] ?? '' }))
test.each(CASES)('$change, between a kill and $finish: every issue is there once', async ({ change, finish }) => {
  await using prepared = await killed()
  const { lab } = prepared
  edit(lab, EDITED, EDITS[change] ?? String)
  await FINISHES[finish]?.(lab)
  const replies = finish === 'the next comment' ? [...ending.replies, 1] : ending.replies
  expect({ ...(await lookAt(lab)), warnings: lab.warnings }).toEqual({ ...ending, replies, warnings: [] })
  expect(lab.issues().filter(({ title }) => title === 'North')).toHaveLength(1)
})

test('of issues whose mark was taken away nothing is made again: the card names them, and goes on when they are marked', async () => {
  await using prepared = await killed()
  const { lab } = prepared
  const bodies = new Map(lab.issues().map(({ title, body }) => [title, body ?? '']))
  const before = lab.issues().length
  edit(lab, ['North', 'Do north 1'], () => 'Anna knows.')
  expect(await lab.sweep()).toMatchObject({
    decision: 'failed',
    reasonCode: 'unfinished',
    headline: expect.stringMatching(/^The issues of #1 stay unfinished until somebody mends it: #3, #5 may be issues of this plan/),
    result: { recovered: 0 },
  })
  expect(lab.issues()).toHaveLength(before)
  expect(await lookAt(lab)).toMatchObject({ status: 'PLAN_READY', openIntents: 0 })
  expect(lastCard(lab)).toMatch(/Stopped:.*3, .*5 may be issues of this plan, but the lines that mark them as such are gone/)
  expect(lastCard(lab)).toMatch(/`<!-- switchyard:plan item=repo-\d+~issue-1 key=north -->`.*MARK_GONE/)

  expect(await lab.say('/plan materialise')).toMatchObject({ decision: 'refused', reasonCode: 'mark-gone' })
  expect(lab.issues()).toHaveLength(before)

  for (const title of ['North', 'Do north 1']) edit(lab, [title], () => bodies.get(title) ?? '')
  expect(await lab.say('/plan materialise')).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  expect(await lookAt(lab)).toEqual({ ...ending, replies: [1, 1, 1, 1] })
})

test('an issue without its mark that somebody closes is none of the plan’s, and made anew', async () => {
  await using prepared = await killed()
  const { lab } = prepared
  edit(lab, ['Do north 1'], () => '')
  await lab.sweep()
  for (const issue of lab.issues()) if (issue.title === 'Do north 1') issue.state = 'closed'
  expect(await lab.say('/plan materialise')).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  expect(lab.under('North').filter((title) => title === 'Do north 1')).toHaveLength(2)
  expect(await lookAt(lab)).toMatchObject({ status: 'PLANNED', known: 16 })
})

test('an issue of the same title that stands elsewhere, or is another plan’s, holds nothing up', async () => {
  await using prepared = await killed()
  const { lab } = prepared
  const [elsewhere, others] = [
    lab.issues().find(({ title }) => title === 'Do south 1'),
    lab.issues().find(({ title }) => title === 'South'),
  ]
  if (elsewhere === undefined || others === undefined) throw new Error('Both were made')
  const { state } = lab.local.world
  state.issues.set(900_000, { ...elsewhere, id: 900_000, number: 5_000, title: 'Do south 6', body: 'Mine.', parentId: others.parentId })
  state.issues.set(900_001, {
    ...others,
    id: 900_001,
    number: 5_001,
    title: 'Do south 5',
    body: others.body?.replace('issue-1', 'issue-9') ?? '',
  })
  await lab.sweep()
  state.issues.delete(900_000)
  state.issues.delete(900_001)
  expect(await lookAt(lab)).toEqual(ending)
})

test('the idea itself, of the epic’s title and written by the same token a moment before, is none of the plan’s', async () => {
  await using prepared = await prepare('materialise')
  const { lab, payload } = prepared
  await lab.play({ eventName: 'issue_comment', payload, kill: { match: { nth: EPIC }, kind: 'lost-answer-before' } })
  const [idea, ...others] = lab.issues()
  const card = [...lab.local.world.state.comments.values()].find(({ body }) => body.startsWith('<!-- switchyard:plan card -->'))
  if (idea === undefined || card === undefined) throw new Error('Both were made')
  expect({ title: idea.title, others }).toEqual({ title: 'Reminders', others: [] })
  Object.assign(idea, { authorId: card.authorId, appId: card.appId })
  lab.local.clock.advance(20 * 60_000)
  await lab.sweep()
  expect(await lookAt(lab)).toEqual(ending)
})

test('a sync whose mark was taken away offers no hash that would be refused, until the line is back', async () => {
  await using prepared = await prepare('sync')
  const { lab, payload } = prepared
  expect(
    await lab.play({ eventName: 'issue_comment', payload, kill: { match: { nth: SYNC_STORIES }, kind: 'lost-answer-after' } }),
  ).toBeUndefined()
  lab.local.clock.advance(20 * 60_000)
  const body = lab.issues().find(({ title }) => title === 'West')?.body ?? ''
  expect(body).toContain('key=west')
  edit(lab, ['West'], () => 'Anna knows.')
  await lab.sweep()
  expect(lastCard(lab)).toContain('MARK_GONE')

  const refused = await lab.say('/plan sync plans/plan.md')
  expect(refused).toMatchObject({ decision: 'refused', reasonCode: 'mark-gone' })
  expect(refused?.outputs?.hash).toBeUndefined()

  edit(lab, ['West'], () => body)
  const shown = await lab.say('/plan sync plans/plan.md')
  expect(shown).toMatchObject({ reasonCode: 'difference-shown' })
  expect(await lab.say(`/plan sync plans/plan.md --confirm ${textOf(shown?.outputs?.hash)}`)).toMatchObject({ reasonCode: 'synced' })
  expect(lab.issues().filter(({ title }) => title === 'West')).toHaveLength(1)
  expect(await lookAt(lab)).toMatchObject({ openIntents: 0, findings: [] })
})

import { expect, test } from 'vitest'
import { largePlan, PLAN } from '../lab-plans.test-support.ts'
import { openPlanLab, type PlanLab } from '../plan-lab.test-support.ts'
import { prepare } from './prepared.test-support.ts'

const find = ({ local }: PlanLab, start: string): string =>
  [...local.world.state.comments.values()].find(({ body }) => body.startsWith(start))?.body ?? ''
const cardOf = (lab: PlanLab): string => find(lab, '<!-- switchyard:plan card -->')
/** In the middle of the tasks. */
const DEATH = { match: { nth: 9 }, kind: 'lost-answer-before' } as const

test.each(['comment', 'sweep'] as const)('whoever asked is told of all that was made, also by the run that died (%s)', async (finish) => {
  await using prepared = await prepare('materialise')
  const { lab, payload } = prepared
  const { id } = payload['comment'] as { id: number }
  await lab.play({ eventName: 'issue_comment', payload, kill: DEATH })
  // A comment that takes the work over answers at once; a sweep leaves what is new to its own run.
  if (finish === 'sweep') lab.local.clock.advance(20 * 60_000)
  await (finish === 'comment' ? lab.say('/plan show') : lab.sweep())
  expect(find(lab, `<!-- switchyard:plan reply=${id} -->`)).toContain('The plan is made: 16 issues made')
})

test('the card shows what a dead run of a workflow began, when the next comment has finished it', async () => {
  await using lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  await lab.play({ inputs: { mode: 'materialise', idea: 1 }, kill: DEATH })
  await lab.say('/plan show')
  expect(cardOf(lab)).toContain('The plan’s issues are made')
})

test('a run that ends with the hour tells how far it is and when it goes on, and does not fail', async () => {
  await using lab = await openPlanLab(largePlan([90, 90, 90, 90, 90, 90]))
  await lab.say('/plan upload plans/plan.md')
  const payload = await lab.comment('/plan materialise')
  const played = await lab.play({ eventName: 'issue_comment', payload })
  expect(played).toMatchObject({ decision: 'done', reasonCode: 'unfinished', result: { issues: 427 } })
  const { id } = payload['comment'] as { id: number }
  const reply = find(lab, `<!-- switchyard:plan reply=${id} -->`)
  expect(reply).toContain('427 of 547 issues')
  expect(reply).toMatch(/the first sweep after 2026-03-01 01:\d\d UTC goes on/)
  expect(cardOf(lab)).toContain('427 of 547')
})

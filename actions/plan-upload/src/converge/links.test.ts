import { expect, test } from 'vitest'
import { writePlan } from '../lab-plans.test-support.ts'
import { lookAt } from '../plan-ending.test-support.ts'
import { openPlanLab } from '../plan-lab.test-support.ts'

const TASKS = 45
/** Each waits for the one before: 44 links, three requests. */
const CHAIN = writePlan([
  {
    title: 'North',
    tasks: Array.from({ length: TASKS }, (_, at) => ({ id: `t${at}`, title: `T${at}`, ...(at > 0 && { after: `t${at - 1}` }) })),
  },
])

test('whoever goes on with links begins where the dead run stopped', async () => {
  await using lab = await openPlanLab(CHAIN)
  await lab.say('/plan upload plans/plan.md')
  const sent: number[] = []
  lab.local.behaviour.onExchange = ({ requestBody }) => {
    const count = JSON.stringify([requestBody]).match(/: addBlockedBy\(/g)?.length ?? 0
    if (count > 0) sent.push(count)
  }
  // Read, text, facts, intent, epic, story, five times tasks, and the second request of links.
  await lab.say('/plan materialise', { kill: { match: { nth: 14 }, kind: 'lost-answer-before' } })
  expect(sent).toEqual([20])
  lab.local.clock.advance(20 * 60_000)
  await lab.sweep()
  expect(sent).toEqual([20, 20, 4])
  const { tree, status } = await lookAt(lab)
  expect({ status, linked: tree.filter((line) => line.includes(' after t')).length }).toEqual({ status: 'PLANNED', linked: TASKS - 1 })
})

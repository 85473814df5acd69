import { expect, test } from 'vitest'
import { type Story, writePlan } from '../lab-plans.test-support.ts'
import { lookAt } from '../plan-ending.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from '../plan-lab.test-support.ts'
import { textOf } from './prepared.test-support.ts'

const tasks = (from: number, to: number): Story['tasks'] =>
  Array.from({ length: to - from }, (_, at) => ({ id: `t${from + at}`, title: `T${from + at}`, text: '' }))

async function syncTo(lab: PlanLab, stories: readonly Story[]) {
  await lab.local.world.commit({ repository: SHELF, files: { 'plans/plan.md': writePlan(stories) } })
  const shown = await lab.say('/plan sync plans/plan.md')
  return lab.say(`/plan sync plans/plan.md --confirm ${textOf(shown?.outputs?.hash)}`)
}

const SOUTH = tasks(500, 501)

test('under a parent that has a hundred issues, what is dropped or moved away makes room before anything is made', async () => {
  await using lab = await openPlanLab(
    writePlan([
      { title: 'North', tasks: tasks(0, 90) },
      { title: 'South', tasks: SOUTH },
    ]),
  )
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  // Those that are dropped keep their places.
  await syncTo(lab, [
    { title: 'North', tasks: tasks(10, 100) },
    { title: 'South', tasks: SOUTH },
  ])
  expect(lab.under('North')).toHaveLength(100)
  const synced = await syncTo(lab, [
    { title: 'North', tasks: tasks(12, 102) },
    { title: 'South', tasks: [...SOUTH, ...tasks(10, 11)] },
  ])
  expect(synced).toMatchObject({ decision: 'done', reasonCode: 'synced' })
  const { tree, closed } = await lookAt(lab)
  expect(tree.filter((line) => /t(10|100|101) /.test(line))).toEqual(['    t100 “T100”', '    t101 “T101”', '    t10 “T10”'])
  expect(closed).toHaveLength(11)
  expect(lab.under('North')).toHaveLength(100)
})

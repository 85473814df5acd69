import { expect, test } from 'vitest'
import { writePlan } from '../lab-plans.test-support.ts'
import { openPlanLab, type PlanLab } from '../plan-lab.test-support.ts'
import { textOf } from './prepared.test-support.ts'

const planOf = (...titles: readonly string[]): string => writePlan([{ title: 'North', tasks: titles.map((title) => ({ title })) }])

/** Puts the epic, issue 2, below so many issues of people's. */
async function nest(lab: PlanLab, count: number): Promise<void> {
  const { issues } = lab.local.world.state
  let below = [...issues.values()].find(({ number }) => number === 2)
  for (let at = 0; at < count; at += 1) {
    const { number } = await lab.post('issues', { title: `Above ${at}`, body: '' })
    const above = [...issues.values()].find((issue) => issue.number === number)
    if (below === undefined || above === undefined) throw new RangeError('Both are there')
    above.subIssueIds.push(below.id)
    below.parentId = above.id
    below = above
  }
}

async function planned(above: number): Promise<PlanLab> {
  const lab = await openPlanLab(planOf('One'))
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  await nest(lab, above)
  await lab.local.world.commit({ repository: 'acme/shelf', files: { 'plans/plan.md': planOf('One', 'Two') } })
  return lab
}

test('below an epic that people put six levels down nothing is made: it is said before anything is shown', async () => {
  await using lab = await planned(6)
  const before = lab.issues().length
  expect(await lab.say('/plan sync')).toMatchObject({ decision: 'refused', reasonCode: 'too-deep' })
  const said = [...lab.local.world.state.comments.values()].at(-1)?.body ?? ''
  expect(said).toMatch(/stands below 6 other issues: with them the plan would be 9 levels deep, and GitHub takes 8/)
  expect(said).toMatch(/below 5 issues at the most/)
  expect(lab.issues()).toHaveLength(before)
})

test('five levels down there is room, and a text is changed at any depth', async () => {
  await using lab = await planned(5)
  const shown = await lab.say('/plan sync')
  expect(await lab.say(`/plan sync --confirm ${textOf(shown?.outputs?.hash)}`)).toMatchObject({ reasonCode: 'synced' })
  expect(lab.under('North')).toEqual(['One', 'Two'])
  await using deep = await planned(6)
  await deep.local.world.commit({
    repository: 'acme/shelf',
    files: { 'plans/plan.md': planOf('One').replace('What “One” is.', 'Another text.') },
  })
  expect(await deep.say('/plan sync')).toMatchObject({ reasonCode: 'difference-shown', result: { changes: 1 } })
})

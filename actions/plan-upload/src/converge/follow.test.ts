import { expect, test } from 'vitest'
import { type Story, writePlan } from '../lab-plans.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from '../plan-lab.test-support.ts'
import { textOf } from './prepared.test-support.ts'

const story = (title: string, ...tasks: readonly string[]): Story => ({ title, tasks: tasks.map((id) => ({ id, title: `Do ${id}` })) })

async function syncTo(lab: PlanLab, ...stories: readonly Story[]): Promise<void> {
  await lab.local.world.commit({ repository: SHELF, files: { 'plans/plan.md': writePlan(stories) } })
  const shown = await lab.say('/plan sync plans/plan.md')
  const done = await lab.say(`/plan sync plans/plan.md --confirm ${textOf(shown?.outputs?.hash)}`)
  expect(done).toMatchObject({ decision: 'done', reasonCode: 'synced' })
}

async function materialise(...stories: readonly Story[]): Promise<PlanLab> {
  const lab = await openPlanLab(writePlan(stories))
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  return lab
}

/** As somebody closes them. */
function close({ issues }: PlanLab, ...titles: readonly string[]): void {
  for (const issue of issues()) if (titles.includes(issue.title)) Object.assign(issue, { state: 'closed', stateReason: 'completed' })
}

const closedOf = ({ issues }: PlanLab): readonly string[] =>
  issues().flatMap(({ title, state, stateReason }) => (state === 'closed' ? [`${title} ${stateReason}`] : []))
const saidOf = ({ local }: PlanLab): string => [...local.world.state.comments.values()].map(({ body }) => body).join('\n')

test('whose last open task is dropped is closed with a word that says why, up to the epic', async () => {
  await using lab = await materialise(story('North', 'a', 'b'))
  close(lab, 'Do a')
  await syncTo(lab, story('North', 'a'))
  expect(closedOf(lab)).toEqual(['Reminders completed', 'North completed', 'Do a completed', 'Do b not_planned'])
  expect(saidOf(lab)).toContain('Closed because its last open child was closed')
})

test('a task below a closed story opens it again, and the epic', async () => {
  await using lab = await materialise(story('North', 'a'), story('South', 'b'))
  close(lab, 'Do a', 'Do b', 'North', 'South')
  for (const issue of lab.issues()) if (issue.number > 1 && issue.title === 'Reminders') Object.assign(issue, { state: 'closed' })
  await syncTo(lab, story('North', 'a', 'c'), story('South', 'b'))
  expect(closedOf(lab)).toEqual(['South completed', 'Do a completed', 'Do b completed'])
  expect(saidOf(lab)).toContain('Re-opened because a child of it was')
})

test('the ledger knows at once which parents followed: no sweep has to find out', async () => {
  await using lab = await materialise(story('North', 'a', 'b'), story('South', 'c'))
  close(lab, 'Do a')
  expect(await lab.sweep()).toMatchObject({ result: { caught_up: 1 } })
  await syncTo(lab, story('North', 'a'), story('South', 'c'))
  expect(closedOf(lab)).toContain('North completed')
  lab.local.clock.advance(20 * 60_000)
  expect(await lab.sweep()).toMatchObject({ reasonCode: 'nothing-new' })
  await syncTo(lab, story('North', 'a', 'd'), story('South', 'c'))
  expect(closedOf(lab)).not.toContain('North completed')
  expect(await lab.sweep()).toMatchObject({ reasonCode: 'nothing-new' })
})

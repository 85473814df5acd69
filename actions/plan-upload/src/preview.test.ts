import type { JsonObject } from '@switchyard/core'
import { expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from './plan-lab.test-support.ts'

const PLAN = writePlan([
  { title: 'North', tasks: [{ title: 'One' }] },
  { title: 'South', tasks: [{ title: 'Two' }] },
])
const DRY = { inputs: { dryRun: true } }

async function materialise(): Promise<PlanLab> {
  const lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  return lab
}

function getIssue({ issues }: PlanLab, title: string) {
  const issue = issues().find((each) => each.title === title)
  if (issue === undefined) throw new Error(`No issue ${title}`)
  return issue
}

const close = (lab: PlanLab, title: string) => Object.assign(getIssue(lab, title), { state: 'closed', stateReason: 'completed' })
const closed = ({ issues }: PlanLab): readonly string[] => issues().flatMap(({ title, state }) => (state === 'closed' ? [title] : []))

/** All that a run could have written. */
async function stateOf({ local: { world } }: PlanLab): Promise<unknown> {
  const { issues, comments } = world.state
  return [await world.git(SHELF).readRef('refs/heads/switchyard/plan'), JSON.stringify([...issues.values(), ...comments.values()])]
}

test('a dry run of the sweep says what it would close, go on with and answer, and then does just that', async () => {
  await using lab = await materialise()
  close(lab, 'One')
  await lab.comment('/plan status')
  lab.local.clock.advance(20 * 60_000)
  const before = await stateOf(lab)
  const preview = await lab.sweep(DRY)
  expect(preview).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'dry-run', result: { recovered: 0, answered: 1, caught_up: 1 } })
  expect(preview?.summary).toBe(
    ['A command that waits on #1 would be answered.', '#5 was closed unnoticed: it would be noted.', '#3 would be closed.']
      .map((line) => `- ${line}\n`)
      .join(''),
  )
  expect(await stateOf(lab)).toEqual(before)
  expect(await lab.sweep()).toMatchObject({ reasonCode: 'repaired', result: { answered: 1, caught_up: 1 } })
  expect(closed(lab)).toEqual(['North', 'One'])
  expect(await lab.sweep(DRY)).toMatchObject({ reasonCode: 'dry-run', headline: 'Nothing is left over.', summary: '' })
})

test('a dry run of the sweep names the plans that it would go on with, and takes none over', async () => {
  await using lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise', { kill: { match: { nth: 7 }, kind: 'lost-answer-before' } })
  lab.local.clock.advance(20 * 60_000)
  const before = await stateOf(lab)
  expect(await lab.sweep(DRY)).toMatchObject({
    reasonCode: 'dry-run',
    result: { recovered: 1 },
    summary: expect.stringContaining('The issues of #1 in acme/shelf would be gone on with.'),
  })
  expect(await stateOf(lab)).toEqual(before)
  expect(await lab.sweep()).toMatchObject({ result: { recovered: 1 } })
})

test('a dry run of a rollup says which parents would follow, and changes nothing', async () => {
  await using lab = await materialise()
  const { number, body, title } = close(lab, 'One')
  const payload: JsonObject = { action: 'closed', issue: { number, title, body: body ?? '' } }
  const before = await stateOf(lab)
  expect(await lab.play({ eventName: 'issues', payload, ...DRY })).toMatchObject({
    decision: 'nothing-to-do',
    reasonCode: 'dry-run',
    headline: '#5 was closed: #3 would be closed with it. Nothing has changed.',
    result: { issue: 5, parents: [3] },
  })
  expect(await stateOf(lab)).toEqual(before)
  expect(await lab.play({ eventName: 'issues', payload })).toMatchObject({ reasonCode: 'rolled-up', result: { parents: [3] } })
})

test.each([
  ['the owner', 'owner', 'The plan of #1 would be read from its new place; nothing has changed.'],
  ['a stranger', 'stranger', 'The plan of #1 was moved; the owner or a maintainer follows it with `/plan sync plans/new.md`.'],
])('a dry run for %s of a plan that was moved says that it would be followed, and follows nothing', async (_, actor, headline) => {
  await using lab = await materialise()
  const { world } = lab.local
  world.addUser({ login: 'stranger' })
  world.addCollaborator(SHELF, 'stranger', 'write')
  const before = await world.git(SHELF).readRef('refs/heads/main')
  const after = await world.commit({ repository: SHELF, files: { 'plans/plan.md': null, 'plans/new.md': PLAN } })
  const payload = { ref: 'refs/heads/main', repository: { default_branch: 'main' }, before: before ?? '', after }
  const state = await stateOf(lab)
  const preview = await lab.play({ eventName: 'push', payload, actor, ...DRY })
  expect(preview).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'dry-run', headline: `plans/new.md: ${headline}` })
  expect(await stateOf(lab)).toEqual(state)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { openPlanLab, type LabPlay, type PlanLab } from './plan-lab.test-support.ts'

/** The idea is issue 1, its epic 2, the story 3, its task 4. */
const TEXT = writePlan([{ title: 'North', tasks: [{ title: 'One' }] }])
const PARTS = [2, 3, 4]

let lab: PlanLab
beforeAll(async () => {
  lab = await openPlanLab(TEXT)
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
})
afterAll(() => lab[Symbol.asyncDispose]())

const said = (): string => [...lab.local.world.state.comments.values()].at(-1)?.body ?? ''
async function sayOn(number: number, body: string, play: LabPlay = {}) {
  const comment = await lab.post(`issues/${number}/comments`, { body })
  const payload = { action: 'created', issue: { number, body: '' }, comment }
  return lab.play({ eventName: 'issue_comment', payload, ...play })
}

test.each(PARTS)('the status asked for on #%i, which was made from a plan, is its idea’s', async (number) => {
  expect(await sayOn(number, '/plan status')).toMatchObject({
    decision: 'done',
    reasonCode: 'shown',
    outputs: { idea: '1', status: 'PLANNED' },
  })
  expect(said()).toMatch(/This issue, .*, is part of the idea \[#1\]\(http\S+\/acme\/shelf\/issues\/1\)\./)
  expect(said()).toContain('0 of 1 task')
})

test.each(['upload plans/plan.md', 'materialise', 'sync', 'review start', 'grill start', 'cancel', 'show'])(
  '/plan %s there is refused, and says where to ask',
  async (command) => {
    const before = lab.issues().length
    expect(await sayOn(2, `/plan ${command}`)).toMatchObject({ decision: 'refused', reasonCode: 'part-of-plan' })
    expect(said()).toMatch(/Ask on \[#1\]\(http\S+\/acme\/shelf\/issues\/1\).*`PART_OF_PLAN`/)
    expect(lab.issues()).toHaveLength(before)
  },
)

test('whatever people make of its text, it is no idea', async () => {
  for (const issue of lab.issues()) if (issue.number === 4) issue.body = `### Plan\n\n${TEXT}`
  expect(await sayOn(4, '/plan upload')).toMatchObject({ decision: 'refused', reasonCode: 'part-of-plan' })
  const body = lab.issues().find(({ number }) => number === 4)?.body ?? ''
  const payload = { action: 'edited', issue: { number: 4, body }, changes: { body: { from: 'x' } } }
  const before = lab.local.world.state.comments.size
  expect(await lab.play({ eventName: 'issues', payload })).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'not-for-us' })
  expect(lab.local.world.state.comments.size).toBe(before)
})

test('nor does a workflow make it one', async () => {
  const inputs = { mode: 'upload', idea: 3, planPath: 'plans/plan.md' } as const
  expect(await lab.play({ inputs })).toMatchObject({ decision: 'refused', reasonCode: 'part-of-plan', failed: true })
  expect(await lab.play({ inputs: { mode: 'status', idea: 3 } })).toMatchObject({
    decision: 'done',
    reasonCode: 'shown',
    outputs: { idea: '1' },
  })
})

test('help is given there as anywhere, and an issue beside the plan is an idea', async () => {
  expect(await sayOn(2, '/help')).toMatchObject({ decision: 'done', reasonCode: 'shown' })
  await lab.post('issues', { title: 'Another', body: 'An idea.' })
  const number = lab.issues().at(-1)?.number ?? 0
  expect(await sayOn(number, '/plan status')).toMatchObject({ reasonCode: 'shown', outputs: { idea: String(number), status: 'DRAFT' } })
  expect(await sayOn(number, '/plan upload plans/plan.md')).toMatchObject({ outputs: { idea: String(number) } })
})

import { expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { lookAt } from './plan-ending.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from './plan-lab.test-support.ts'

const OTHER = 'acme/other'
const TEXT = writePlan([{ title: 'North', tasks: [{ title: 'One' }, { title: 'Two' }] }])

interface Made {
  readonly lab: PlanLab
  /** Sees the target. */
  readonly targetToken: string
}

async function addTarget({ local: { world } }: PlanLab, repository: string): Promise<void> {
  const [owner = '', name = ''] = repository.split('/')
  await world.addRepository({ owner, name, visibility: 'private' })
  await world.commit({ repository, files: { '.github/switchyard.yml': `accepts: [${SHELF}]\n` } })
}

/** A plan whose issues are made in another repository, of which one is done. */
async function made(): Promise<Made> {
  const lab = await openPlanLab(TEXT)
  await addTarget(lab, OTHER)
  const targetToken = lab.local.world.createToken({ kind: 'classic', user: 'owner', scopes: ['repo'] })
  await lab.say('/plan upload plans/plan.md')
  await lab.say(`/plan materialise ${OTHER}`, { targetToken })
  const one = lab.issues().find(({ title }) => title === 'One')
  Object.assign(one ?? {}, { state: 'closed', stateReason: 'completed' })
  lab.local.clock.advance(20 * 60_000)
  await lab.sweep({ targetToken })
  return { lab, targetToken }
}

const comments = ({ local }: PlanLab): readonly string[] => [...local.world.state.comments.values()].map(({ body }) => body)
const last = (lab: PlanLab): string => comments(lab).at(-1)?.replaceAll('\\', '') ?? ''

test('a target that was deleted is told of once, with what to do, and the sweeps are green', async () => {
  const { lab, targetToken } = await made()
  await using _ = lab
  await lab.local.world.removeRepository(OTHER)
  expect(await lab.sweep({ targetToken })).toMatchObject({ decision: 'done', reasonCode: 'nothing-new' })
  expect(last(lab)).toMatch(/There is no repository acme\/other, or the token cannot see it\..*left alone/)
  expect(last(lab)).toMatch(/give a `target-token` that may read it/)
  const said = comments(lab).length
  for (let sweep = 0; sweep < 2; sweep += 1) {
    lab.local.clock.advance(20 * 60_000)
    expect(await lab.sweep({ targetToken })).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'nothing-new' })
  }
  expect(comments(lab)).toHaveLength(said)
  expect(lab.warnings.filter((warning) => warning.includes('could not be looked at'))).toEqual([])
})

test('a sweep without the token that sees the target says the same, and goes on when it has it again', async () => {
  const { lab, targetToken } = await made()
  await using _ = lab
  expect(await lab.sweep()).toMatchObject({ decision: 'done' })
  expect(last(lab)).toMatch(/`target-token`/)
  expect(await lab.sweep()).toMatchObject({ decision: 'nothing-to-do' })
  Object.assign(lab.issues().find(({ title }) => title === 'Two') ?? {}, { state: 'closed', stateReason: 'completed' })
  expect(await lab.sweep({ targetToken })).toMatchObject({ decision: 'done', reasonCode: 'repaired' })
})

test('the status of a plan whose target cannot be seen is the ledger’s, and says so', async () => {
  const { lab } = await made()
  await using _ = lab
  expect(await lab.say('/plan status')).toMatchObject({
    decision: 'done',
    reasonCode: 'shown',
    result: { done: 1, total: 2, gone: 0, unseen: 'REPOSITORY_UNSEEN' },
  })
  expect(last(lab)).toMatch(/cannot see it\..*So this is how the issues were known last, not as they are now/)
  expect(last(lab)).toContain('1 of 2 tasks')
  expect((await lookAt(lab)).findings).toEqual([])
})

test('an idea lets go of issues that nobody can see, and its plan is made elsewhere', async () => {
  const { lab, targetToken } = await made()
  await using _ = lab
  await lab.local.world.removeRepository(OTHER)
  await addTarget(lab, 'acme/third')
  expect(await lab.say('/plan materialise acme/third', { targetToken })).toMatchObject({ reasonCode: 'already-planned' })
  await lab.sweep({ targetToken })
  expect(last(lab)).toMatch(/If it is gone for good, `\/plan cancel` lets go/)
  expect(await lab.say('/plan cancel', { targetToken })).toMatchObject({ decision: 'done', reasonCode: 'commanded' })
  expect(last(lab)).toMatch(/`PLANNED` → `PLAN_READY`.*The issues in acme\/other are left as they are, and are the idea’s no more\./)
  expect(await lookAt(lab)).toMatchObject({ status: 'PLAN_READY', known: 0, findings: [] })
  expect(await lab.sweep({ targetToken })).toMatchObject({ reasonCode: 'nothing-new' })
  expect(await lab.say('/plan materialise acme/third', { targetToken })).toMatchObject({ reasonCode: 'materialised' })
  expect(await lookAt(lab)).toMatchObject({ status: 'PLANNED', known: 4, findings: [] })
  expect(comments(lab).find((body) => body.startsWith('<!-- switchyard:plan card -->'))).toContain('0 of 2 tasks')
  expect(await lab.say('/plan status', { targetToken })).toMatchObject({ result: { done: 0, total: 2, gone: 0 } })
})

test('an idea keeps issues that can be seen, though their repository takes nothing of ours any more', async () => {
  const { lab, targetToken } = await made()
  await using _ = lab
  await lab.local.world.commit({ repository: OTHER, files: { '.github/switchyard.yml': 'accepts: [acme/none]\n' } })
  expect(await lab.say('/plan cancel', { targetToken })).toMatchObject({ decision: 'refused', reasonCode: 'already-planned' })
  expect(await lookAt(lab)).toMatchObject({ status: 'PLANNED', known: 4 })
})

import { expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from './plan-lab.test-support.ts'

const planOf = (...titles: readonly string[]): string => writePlan([{ title: 'North', tasks: titles.map((title) => ({ title })) }])
const commit = ({ local }: PlanLab, plan: string): Promise<string> =>
  local.world.commit({ repository: SHELF, files: { 'plans/plan.md': plan } })
const told = ({ local }: PlanLab): readonly string[] =>
  [...local.world.state.comments.values()].flatMap(({ body }) => (body.startsWith('<!-- switchyard:plan told=') ? [body] : []))
const wait = ({ local }: PlanLab, minutes: number): void => local.clock.advance(minutes * 60_000)

async function materialise(): Promise<PlanLab> {
  const lab = await openPlanLab(planOf('One'))
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  wait(lab, 7 * 60)
  return lab
}

test('a changed plan whose run was lost is told of on its idea, once', async () => {
  await using lab = await materialise()
  await commit(lab, planOf('One', 'Two'))
  expect(await lab.sweep()).toMatchObject({ reasonCode: 'nothing-new' })
  wait(lab, 16)
  expect(await lab.sweep({ inputs: { dryRun: true } })).toMatchObject({ reasonCode: 'dry-run', result: { lost_pushes: 1 } })
  expect(told(lab)).toEqual([])
  expect(await lab.sweep()).toMatchObject({
    decision: 'done',
    headline: 'plans/plan.md was changed, and #1 does not have it yet.',
    result: { lost_pushes: 1 },
  })
  expect(told(lab)).toEqual([expect.stringContaining('`/plan sync plans/plan.md` shows what it changes.')])
  expect(await lab.sweep()).toMatchObject({ reasonCode: 'nothing-new', result: { lost_pushes: 0 } })
  expect(told(lab)).toHaveLength(1)
})

test('another change that is lost is told of again', async () => {
  await using lab = await materialise()
  for (const [at, plan] of [planOf('One', 'Two'), planOf('One', 'Three')].entries()) {
    await commit(lab, plan)
    wait(lab, 16)
    expect(await lab.sweep()).toMatchObject({ result: { lost_pushes: 1 } })
    expect(told(lab)).toHaveLength(at + 1)
    wait(lab, 7 * 60)
  }
})

test('so is a plan that nobody ever took', async () => {
  await using lab = await openPlanLab(planOf('One'))
  wait(lab, 16)
  await lab.sweep()
  expect(told(lab)).toEqual([expect.stringContaining('`/plan upload plans/plan.md` takes it.')])
})

test('nothing is said of a push that was answered, taken or overtaken on purpose', async () => {
  await using lab = await materialise()
  const push = {
    ref: 'refs/heads/main',
    repository: { default_branch: 'main' },
    before: await lab.local.world.git(SHELF).readRef('refs/heads/main'),
  }
  await commit(lab, planOf('One', 'Two'))
  await lab.play({ eventName: 'push', payload: { ...push, before: push.before ?? '' } })
  expect(told(lab)).toEqual([expect.stringContaining('--confirm')])
  wait(lab, 16)
  expect(await lab.sweep()).toMatchObject({ result: { lost_pushes: 0 } })
  await using other = await openPlanLab(planOf('One'))
  await other.say(`/plan upload\n\`\`\`\`\n${planOf('Two')}\n\`\`\`\``)
  wait(other, 16)
  expect(await other.sweep()).toMatchObject({ result: { lost_pushes: 0 } })
  expect(told(other)).toEqual([])
})

test('where no plan was changed of late a sweep costs what it did', async () => {
  await using lab = await materialise()
  lab.local.log.reset()
  await lab.sweep()
  expect(lab.local.log.count()).toBe(4)
})

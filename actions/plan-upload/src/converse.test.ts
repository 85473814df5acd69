import { expect, test } from 'vitest'
import { PLAN } from './lab-plans.test-support.ts'
import { lookAt } from './plan-ending.test-support.ts'
import { openPlanLab, type PlanLab } from './plan-lab.test-support.ts'

/** More comments than one request reads, as slowly as GitHub takes them. */
async function talk(lab: PlanLab): Promise<void> {
  for (let said = 0; said < 105; said += 1) {
    lab.local.clock.advance(1_000)
    expect(await lab.comment(`Word ${said}`)).toHaveProperty('comment.id')
  }
}

test('a command behind more than a hundred other comments is found, and answered once', async () => {
  await using lab = await openPlanLab(PLAN)
  const payload = await lab.comment('/plan upload plans/plan.md')
  await talk(lab)
  const play = () => lab.play({ eventName: 'issue_comment', payload })
  expect(await play()).toMatchObject({ decision: 'done', reasonCode: 'uploaded' })
  expect(await play()).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'nothing-new' })
  expect(await lookAt(lab)).toMatchObject({ status: 'PLAN_READY', replies: [1], cards: 1 })
})

test('a command among the newest comments costs no request more, however many stand before it', async () => {
  await using lab = await openPlanLab(PLAN)
  const costOfHelp = async (): Promise<number> => {
    lab.local.clock.advance(60_000)
    const payload = await lab.comment('/help')
    lab.local.log.reset()
    expect(await lab.play({ eventName: 'issue_comment', payload })).toMatchObject({ reasonCode: 'shown' })
    return lab.local.log.count()
  }
  const alone = await costOfHelp()
  await talk(lab)
  expect(await costOfHelp()).toBe(alone)
})

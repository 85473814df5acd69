import { expect, test } from 'vitest'
import { PLAN } from './lab-plans.test-support.ts'
import { openPlanLab } from './plan-lab.test-support.ts'

test.each([
  ['ledger-repository', { ledgerRepository: 'tools' }],
  ['target-repository', { targetRepository: 'https://github.example/acme/tools' }],
])('a %s that is not owner/name is refused by name before anything is asked', async (name, inputs) => {
  await using lab = await openPlanLab(PLAN)
  const payload = await lab.comment('/plan upload plans/plan.md')
  lab.local.log.reset()
  await expect(lab.play({ eventName: 'issue_comment', payload, inputs })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining(`\`${name}\` is written owner/name`),
  })
  expect(lab.local.log.count()).toBe(0)
})

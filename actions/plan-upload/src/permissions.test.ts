import { expect, test } from 'vitest'
import { PLAN } from './lab-plans.test-support.ts'
import { openPlanLab } from './plan-lab.test-support.ts'

test('a job that may not write the ledger fails, and the answer names the permission in whole sentences', async () => {
  await using lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  const permissions = { actions: 'read', contents: 'read', issues: 'write' } as const
  const outcome = await lab.say('/plan materialise', { permissions })
  expect(outcome).toMatchObject({ decision: 'failed', reasonCode: 'ledger-forbidden' })
  expect(outcome?.headline).toContain("acme/shelf. Add `contents: write` to the job's `permissions:`")
  expect(outcome?.summary).toContain('of acme/shelf. Add `contents: write`')
})

test('a job that may not write issues says so at once, and names the permission', async () => {
  await using lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  const permissions = { actions: 'read', contents: 'write', issues: 'read' } as const
  const before = lab.local.clock.now()
  const outcome = await lab.say('/plan materialise', { permissions })
  expect(outcome).toMatchObject({ decision: 'failed', reasonCode: 'create-refused' })
  expect(outcome?.summary).toContain('Resource not accessible by integration. Give the token the permission `issues: write`')
  expect(lab.local.clock.now() - before).toBeLessThan(2_000)
  expect(lab.warnings.filter((message) => message.includes('`issues: write`'))).toHaveLength(lab.warnings.length)
})

test.each([
  ['contents: read', { checks: 'write', pull_requests: 'read' }],
  ['pull-requests: read', { checks: 'write', contents: 'read' }],
] as const)('a check without %s asks for just that', async (missing, permissions) => {
  await using lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  await lab.local.world.commit({ repository: 'acme/shelf', branch: 'work', files: { 'a.ts': '1' } })
  const { number } = await lab.post('pulls', { title: 'Work', head: 'work', base: 'main', body: `Closes #${lab.issues().at(-1)?.number}` })
  const play = lab.play({ eventName: 'pull_request', inputs: { mode: 'verify', pullRequest: Number(number) }, permissions })
  await expect(play).rejects.toMatchObject({ hint: expect.stringContaining(`\`${missing}\``) })
})

import { expect, test } from 'vitest'
import { PLAN } from './lab-plans.test-support.ts'
import { openPlanLab, SHELF } from './plan-lab.test-support.ts'
import { toReason } from './reason-codes.ts'

test('codes of rules, of errors and of GitHub keep their names; what nobody knows is a command that was refused', () => {
  expect(
    ['NOT_YOURS', 'DIFFERENCE_MOVED', 'LINK_REFUSED', 'ISSUE_NOT_FOUND', 'GITHUB_FORBIDDEN', 'CONSTRUCTOR', 'WHATEVER'].map(toReason),
  ).toEqual([
    'not-yours',
    'difference-moved',
    'link-refused',
    'issue-not-found',
    'github-forbidden',
    'commands-refused',
    'commands-refused',
  ])
})

test('of two plans that a push brings, one that GitHub refuses keeps the other from nothing', async () => {
  await using lab = await openPlanLab(PLAN)
  await lab.post('issues', { title: 'Another', body: 'An idea.' })
  await lab.local.world.commit({ repository: SHELF, files: { 'plans/two.md': PLAN.replace('idea: 1', 'idea: 2') } })
  // The look at the first idea, behind the plans' files, what they say and where their ideas stand.
  lab.local.faults.add({ match: { nth: 4 }, kind: 'bad-credentials' })
  const pushed = await lab.play({
    eventName: 'push',
    payload: { ref: 'refs/heads/main', repository: { default_branch: 'main' } },
  })
  expect(pushed).toMatchObject({
    decision: 'failed',
    result: { plans: [{ decision: 'failed', reason_code: 'github-unauthorized' }, { reason_code: 'uploaded' }] },
  })
})

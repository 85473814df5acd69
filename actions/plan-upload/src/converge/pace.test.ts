import { expect, test } from 'vitest'
import { largePlan } from '../lab-plans.test-support.ts'
import { openPlanLab } from '../plan-lab.test-support.ts'

const MINUTE_MS = 60_000

test('issues and the comment that tells of them come to 75 writes in any minute at the most', async () => {
  await using lab = await openPlanLab(largePlan([90, 90]))
  await lab.say('/plan upload plans/plan.md')
  const writes: { readonly at: number; readonly count: number }[] = []
  lab.local.behaviour.onExchange = ({ requestBody }) => {
    const sent = JSON.stringify([requestBody])
    const made = sent.match(/: createIssue\(/g)?.length ?? 0
    const edited = sent.match(/: updateIssueComment\(/g)?.length ?? 0
    if (made > 0) writes.push({ at: lab.local.clock.now(), count: made + edited })
  }
  await lab.say('/plan materialise')
  expect(writes.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(183)
  const minutes = writes.map(({ at }) =>
    writes.filter((other) => other.at >= at && other.at < at + MINUTE_MS).reduce((sum, { count }) => sum + count, 0),
  )
  expect(Math.max(...minutes)).toBeLessThanOrEqual(75)
})

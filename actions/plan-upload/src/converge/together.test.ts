import { expect, test } from 'vitest'
import { PLAN } from '../lab-plans.test-support.ts'
import { lookAt } from '../plan-ending.test-support.ts'
import { openPlanLab, type PlanLab } from '../plan-lab.test-support.ts'
import { playWhole } from './prepared.test-support.ts'

/** So many runs at the same moment, each of a comment of its own that asks for the same. */
async function sayTogether(lab: PlanLab, body: string, count: number): Promise<void> {
  const payloads = []
  for (let at = 0; at < count; at += 1) payloads.push(await lab.comment(body))
  await Promise.all(payloads.map((payload) => lab.play({ eventName: 'issue_comment', payload })))
}

const { tree } = (await playWhole('materialise')).ending
const WHOLE = { tree, closed: [], findings: [], openIntents: 0, status: 'PLANNED', known: 16 }

test('comments that upload and make one plan at the same moment come to one set of issues', async () => {
  await using lab = await openPlanLab(PLAN)
  await sayTogether(lab, '/plan upload plans/plan.md', 2)
  await sayTogether(lab, '/plan materialise', 4)
  expect(await lookAt(lab)).toMatchObject(WHOLE)
})

test('a form and a comment that upload, and a workflow and a comment that make the issues, come to one set', async () => {
  await using lab = await openPlanLab(PLAN)
  const body = `### Plan\n\n\`\`\`markdown\n${PLAN}\n\`\`\`\n`
  for (const idea of lab.issues()) idea.body = body
  const form = { action: 'opened', issue: { number: 1, body } }
  const upload = await lab.comment('/plan upload plans/plan.md')
  await Promise.all([lab.play({ eventName: 'issues', payload: form }), lab.play({ eventName: 'issue_comment', payload: upload })])
  const make = await lab.comment('/plan materialise')
  const played = await Promise.all([
    lab.play({ eventName: 'issue_comment', payload: make }),
    lab.play({ inputs: { mode: 'materialise', idea: 1 } }),
    lab.sweep(),
  ])
  expect(played.map((one) => one?.reasonCode)).toContain('materialised')
  expect(await lookAt(lab)).toMatchObject(WHOLE)
})

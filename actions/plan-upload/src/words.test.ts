import { expect, test } from 'vitest'
import { PLAN } from './lab-plans.test-support.ts'
import { openPlanLab, type PlanLab } from './plan-lab.test-support.ts'

const BOT = 'github-actions[bot]'
const ROUND = JSON.stringify({ schema_version: 1, reviewer: 'plan-critic', verdict: 'approved', findings: [] })

test('a program of the repository begins a review and posts its round with its own token, and may do nothing else', async () => {
  await using lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  const start = (mode: 'review-start' | 'review' | 'cancel' | 'materialise', eventName = 'workflow_dispatch') =>
    lab.play({ actor: BOT, eventName, inputs: { mode, idea: 1, review: ROUND } })
  expect(await start('materialise')).toMatchObject({ decision: 'refused' })
  expect(await start('cancel')).toMatchObject({ decision: 'refused' })
  expect(await start('review-start')).toMatchObject({ reasonCode: 'commanded' })
  expect(await start('review', 'repository_dispatch')).toMatchObject({ decision: 'refused' })
  expect(await start('review')).toMatchObject({ reasonCode: 'reviewed', outputs: { status: 'PLAN_REVIEWED' } })
})

test('a result with several faults names each once, and where its schema is', async () => {
  await using lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan review start')
  const outcome = await lab.say('/plan review result\n```json\n{ "verdict": "fine", "findings": [{}] }\n```')
  expect(outcome).toMatchObject({ reasonCode: 'review-invalid' })
  expect(outcome?.summary).toContain('https://raw.githubusercontent.com/switchyard/switchyard/v1/schemas/plan-review.schema.json')
  const lines = outcome?.summary?.split('\n').filter((line) => line.includes('needs `schema_version`')) ?? []
  expect(lines).toHaveLength(1)
})

/** What GitHub says of a comment that its writer changed. */
async function edit(lab: PlanLab, id: number, body: string) {
  lab.local.clock.advance(5_000)
  const comment = await lab.patch(`issues/comments/${id}`, { body })
  return { action: 'edited', changes: { body: { from: '' } }, issue: { number: 1, body: '' }, comment }
}

test('a command that was mended in its comment is answered once: it is to be written anew', async () => {
  await using lab = await openPlanLab(PLAN)
  const { comment } = await lab.comment('/plan uplod plans/plan.md')
  const { id } = comment as { readonly id: number }
  expect(
    await lab.play({ eventName: 'issue_comment', payload: { action: 'created', issue: { number: 1, body: '' }, comment } }),
  ).toMatchObject({
    decision: 'refused',
  })
  const payload = await edit(lab, id, '/plan upload plans/plan.md')
  lab.local.clock.advance(5_000)
  const again = await lab.play({ eventName: 'issue_comment', payload })
  expect(again).toMatchObject({ decision: 'refused', headline: `The comment ${id} was changed after it was written.` })
  expect(await lab.play({ eventName: 'issue_comment', payload })).toMatchObject({ reasonCode: 'nothing-new' })
  lab.local.log.reset()
  const other = await lab.play({ eventName: 'issue_comment', payload: { ...payload, changes: {} } })
  expect(other).toMatchObject({ reasonCode: 'not-for-us' })
  expect(lab.local.log.count()).toBe(0)
})

test('the sweep counts what it found closed in words, and is not red for an idea that was deleted', async () => {
  await using lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  const close = async (): Promise<void> => {
    await lab.patch(`issues/${lab.issues().findLast(({ state }) => state === 'open')?.number}`, { state: 'closed' })
    lab.local.clock.advance(3_600_000)
  }
  await close()
  expect((await lab.sweep())?.headline).toContain('1 issue had been closed or opened unnoticed.')
  const [idea] = lab.issues()
  lab.local.world.state.issues.delete(idea?.id ?? 0)
  await close()
  expect(await lab.sweep()).toMatchObject({ decision: 'done', reasonCode: 'repaired' })
})

test('a check says of a plan that nobody but its owner approved it', async () => {
  await using lab = await openPlanLab(PLAN)
  for (const words of ['upload plans/plan.md', 'review start', 'review approve', 'materialise']) await lab.say(`/plan ${words}`)
  await lab.local.world.commit({ repository: 'acme/shelf', branch: 'work', files: { 'a.ts': '1' } })
  const { number } = await lab.post('pulls', { title: 'Work', head: 'work', base: 'main', body: `Closes #${lab.issues().at(-1)?.number}` })
  const outcome = await lab.play({ eventName: 'pull_request', inputs: { mode: 'verify', pullRequest: Number(number) } })
  expect(outcome?.summary).toContain('approved by its own owner, owner, and by nobody else')
})

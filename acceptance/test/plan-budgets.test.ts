import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, planOf, type PlanStage } from '../src/index.ts'

/** One epic, 4 stories, 22 tasks. Source: quality document. */
const MADE = { requests: 12, depth: 11 }

const PLAN = planOf(4, 6, { head: 'labels: [plan]' })
  .replaceAll(/### Task: Do [34]\.6 [\s\S]*?(?=\n## |$)/g, '')
  .replaceAll(/^Depends on: .*\n/gm, '')

let stage: PlanStage
beforeAll(async () => {
  stage = await createPlanStage({ latency: 60, files: { 'plans/large.md': PLAN } })
  const label = { name: 'plan', color: 'ededed' }
  await fetch(`${stage.github.apiUrl}/repos/acme/shelf/labels`, {
    method: 'POST',
    headers: { authorization: `bearer ${stage.tokenOf('maintainer')}` },
    body: JSON.stringify(label),
  })
  await stage.say(1, '/plan upload plans/large.md')
})
afterAll(() => stage.close())

test('a plan of 27 issues is made within its budget', { timeout: 60_000 }, async () => {
  const payload = await stage.comment(1, '/plan materialise')
  stage.github.log.reset()
  const { outputs, log } = await stage.play({ eventName: 'issue_comment', payload })
  expect({ ...outputs, log }).toMatchObject({ 'reason-code': 'materialised', issues: '27' })
  expect({ requests: stage.github.log.count(), depth: stage.github.log.depth() }).toEqual(MADE)
})

/** A difference of a plan of 27 issues: the ledger, the file, what was applied, the issues, the answer. */
const SHOWN = { requests: 6, depth: 4 }
/** With the plan's place looked at, the issues looked at again, changed, and written down before and after. */
const APPLIED = { requests: 11, depth: 8 }

test('a difference is shown, and applied, within its budget', { timeout: 60_000 }, async () => {
  await stage.commit({ 'plans/large.md': PLAN.replace('Do 1.1 {', 'Do one {').replace('What is to be done for 2.2.', 'Another text.') })
  const measure = async (words: string) => {
    const payload = await stage.comment(1, words)
    stage.github.log.reset()
    const { outputs } = await stage.play({ eventName: 'issue_comment', payload })
    return { outputs, cost: { requests: stage.github.log.count(), depth: stage.github.log.depth() } }
  }
  const shown = await measure('/plan sync')
  expect(shown).toMatchObject({ outputs: { 'reason-code': 'difference-shown' }, cost: SHOWN })
  const applied = await measure(`/plan sync --confirm ${shown.outputs['hash']}`)
  expect(applied).toMatchObject({ outputs: { 'reason-code': 'synced', issues: '2' }, cost: APPLIED })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, planOf, type PlanStage } from '../src/index.ts'

/** One epic, 4 stories, 22 tasks. Source: quality document. */
const MADE = { requests: 12, depth: 11 }

let stage: PlanStage
beforeAll(async () => {
  const head = 'labels: [plan]'
  const plan = planOf(4, 6, { head })
    .replaceAll(/### Task: Do [34]\.6 [\s\S]*?(?=\n## |$)/g, '')
    .replaceAll(/^Depends on: .*\n/gm, '')
  stage = await createPlanStage({ latency: 60, files: { 'plans/large.md': plan } })
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

import type { JsonObject } from '@switchyard/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, openPull, type PlanPlay, type PlanStage, SHELF, SMALL_PLAN } from '../src/index.ts'

/** What the README gives each job, and nothing else. */
const GIVEN = {
  conversation: { actions: 'read', contents: 'write', issues: 'write' },
  verify: { checks: 'write', contents: 'read', pull_requests: 'read' },
} as const

let stage: PlanStage
beforeAll(async () => {
  stage = await createPlanStage()
})
afterAll(() => stage.close())

async function play(job: keyof typeof GIVEN, wanted: PlanPlay): Promise<string | undefined> {
  const token = stage.github.world.createToken({ kind: 'job', repository: SHELF, permissions: GIVEN[job] })
  const { outputs, annotations } = await stage.play({ actor: 'owner', ...wanted, token })
  expect(annotations).toEqual([])
  return outputs['reason-code']
}

const say = async (body: string): Promise<string | undefined> =>
  play('conversation', { eventName: 'issue_comment', payload: await stage.comment(1, body, 'owner') })

test('every mode works with what the README gives its job', async () => {
  expect(await say('/plan upload plans/small.md')).toBe('uploaded')
  expect(await say('/plan review start')).toBe('commanded')
  expect(await say('/plan review approve fine')).toBe('reviewed')
  expect(await say('/plan materialise')).toBe('materialised')
  const commit = await stage.commit({ 'plans/small.md': SMALL_PLAN.replace('Why there', 'Why else there') })
  const commits = [{ id: commit, added: [], modified: ['plans/small.md'], removed: [] }]
  const pushed: JsonObject = { ref: 'refs/heads/main', repository: { default_branch: 'main' }, commits }
  expect(await play('conversation', { eventName: 'push', payload: pushed, sha: commit })).toBe('difference-shown')
  expect(await say('/plan sync')).toBe('difference-shown')
  const hash = /--confirm ([0-9a-f]{12})/.exec(stage.commentsOf(1).at(-1) ?? '')?.[1] ?? ''
  expect(await say(`/plan sync --confirm ${hash}`)).toBe('synced')
  expect(await say('/plan status')).toBe('shown')
  for (const number of [4, 5, 6]) {
    const payload = await stage.change(number, { state: 'closed' })
    expect(await play('conversation', { eventName: 'issues', payload, actor: 'maintainer' })).toBe('rolled-up')
  }
  expect(await play('conversation', { eventName: 'schedule' })).toBe('nothing-new')

  const { payload } = await openPull(stage, { branch: 'work', files: { 'src/1/2.ts': 'x' }, body: 'Closes #5' })
  expect(await play('verify', { eventName: 'pull_request', payload, inputs: { mode: 'verify' } })).toBe('aligned')
})

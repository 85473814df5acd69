import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runProgram } from '@switchyard/cli/run-program'
import { createLiveStage, findPlanCheck, getCard, getItem, type LiveStage } from '@switchyard/cli/stage'
import { parsePlan } from '@switchyard/planning/plans'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { hearRuns } from '../src/index.ts'

const SHOP = 'acme/shop'
const root = join(import.meta.dirname, '../..')
const guide = readFileSync(join(root, 'docs/guides/plan-a-feature.md'), 'utf8')
const readme = readFileSync(join(root, 'actions/plan-upload/README.md'), 'utf8')
/** What the guide tells to comment, in its order. */
const [UPLOAD = '', MATERIALISE = '', SYNC = ''] = [...guide.matchAll(/^```text\n(.*?)^```$/gms)].map(([, comment = '']) => comment)

let stage: LiveStage
const hearing = hearRuns()
const folder = mkdtempSync(join(tmpdir(), 'guide-'))
beforeAll(async () => {
  for (const [text, path = ''] of guide.matchAll(/^```(?:yaml|markdown)\n(?:---\n)?# shop\/(\S+)\n.*?^```$/gms)) {
    mkdirSync(dirname(join(folder, 'shop', path)), { recursive: true })
    writeFileSync(join(folder, 'shop', path), text.replace(/^```\w+\n/, '').replace(/```$/, ''))
  }
  stage = await createLiveStage(folder, { runner: { onProgress: hearing.onProgress } })
  await stage.maintainer.openIssue(SHOP, { title: 'People forget their passwords', body: '' })
  await stage.runner.idle()
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

const doing = (act: () => Promise<unknown>): Promise<readonly string[]> => hearing.doing(stage, act)
const last = (): string => stage.commentsOf(SHOP, 1).at(-1) ?? ''
async function say(comment: string): Promise<string> {
  expect(await doing(() => stage.maintainer.comment(SHOP, 1, comment))).toEqual(['plan.yml: success'])
  return last()
}
const item = (key: string) => getItem(stage, key, SHOP)
const push = (files: Readonly<Record<string, string>>, branch?: string) =>
  stage.maintainer.push({ repository: SHOP, files, message: 'Work', ...(branch === undefined ? {} : { branch }) })
const pull = (head: string, body: string) => doing(() => stage.maintainer.openPullRequest(SHOP, { title: head, head, body }))

test('the guide’s plan becomes six issues by its two comments', async () => {
  await say(UPLOAD)
  expect(getCard(stage, 1, SHOP)).toContain('The plan is ready')
  await say(MATERIALISE)
  expect([...stage.github.world.state.issues.values()].filter(({ body }) => body?.includes(' key=') === true)).toHaveLength(6)
  expect(item('session').blockedByIds).toEqual([item('ask').id])
  expect(item('end').blockedByIds).toEqual([item('session').id])
})

test('the guide’s pull request is aligned with its task', async () => {
  await push({ 'src/session.ts': 'export {}\n' }, 'session')
  expect(await pull('session', `Closes #${item('session').number}`)).toEqual(['plan-verify.yml: success'])
  expect(findPlanCheck(stage)).toMatchObject({ conclusion: 'success', output: { title: 'ALIGNED: 1 of 1 path touched, nothing else' } })
})

test('the guide’s changed plan is shown when it is merged, and by its comment', async () => {
  const text = await stage.git(SHOP, 'show', 'main:plans/sign-in.md')
  const changed = `${text.replace('Task: End the session', 'Task: Forget the session')}\n`
  expect(await doing(() => push({ 'plans/sign-in.md': changed }))).toEqual(['plan.yml: success'])
  const [, hash = ''] = /--confirm (\w+)/.exec(last()) ?? []
  expect(await say(SYNC)).toContain(`--confirm ${hash}`)
  await say(`${SYNC.trim()} --confirm ${hash}`)
  expect(item('end').title).toBe('Forget the session')
})

test('the guide’s stories are closed with their last tasks, and then the epic', async () => {
  const close = (key: string) =>
    doing(() => stage.maintainer.request('PATCH', `/repos/${SHOP}/issues/${item(key).number}`, { state: 'closed' }))
  await close('ask')
  await close('session')
  expect([item('sign-in').state, item('sign-in-with-the-company-account').state]).toEqual(['closed', 'open'])
  expect(await close('end')).toEqual(['plan.yml: success'])
  expect([item('sign-out').state, item('sign-in-with-the-company-account').state]).toEqual(['closed', 'closed'])
})

test('what the guide tells to know is answered', async () => {
  expect(await say('/plan status')).toContain('3 of 3 tasks')
  expect(await say('/plan show')).toContain('# Epic: Sign in with the company account')
  expect(await say('/plan materialise --dry-run')).toContain('are made')
  expect(await say('/plan upload --dry-run')).toContain('are made')
  expect(await say('/help')).toContain('/plan materialise')
})

test('the guide’s command makes a plan of another format', async () => {
  const [, command = ''] = /^npm run switchyard -- (import-plan .+)$/m.exec(guide) ?? []
  writeFileSync(join(folder, 'tasks.md'), '# Tasks: Albums\n\n## Phase 1: Setup\n\n- [ ] T001 Make folders in src/\n')
  const write = (): void => undefined
  const args = command.split(' ').map((word) => (word.endsWith('.md') ? join(folder, word.replace('plans/', '')) : word))
  expect(await runProgram({ args, env: {}, stdout: { write }, stderr: { write } })).toBe(0)
  expect(parsePlan(readFileSync(join(folder, 'albums.md'), 'utf8'), { file: 'albums.md' })).toMatchObject({
    ok: true,
    plan: { title: 'Albums' },
  })
})

test('the guide, the action’s page and the example start runs for the same', () => {
  const workflow = z.object({ jobs: z.object({ ideas: z.object({ if: z.string() }) }) })
  const jobOf = (text = '') => workflow.parse(parse(text)).jobs.ideas
  const [told] = [...readme.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text)
  const guided = readFileSync(join(folder, 'shop/.github/workflows/plan.yml'), 'utf8')
  const example = readFileSync(join(root, 'examples/plan/team-shelf/.github/workflows/plan.yml'), 'utf8')
  expect(parse(told ?? '')).toEqual(parse(guided))
  expect(jobOf(example).if).toBe(jobOf(guided).if)
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createLiveStage, findPlanCheck, getCard, getItem, type LiveStage } from '@switchyard/cli/stage'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { hearRuns, planOf, SMALL_PLAN } from '../src/index.ts'
import { sendTo } from '../src/acts.ts'

/*
 * The workflows of the action's page, each as it stands there, in runs whose tokens may do what its `permissions:` say and nothing else.
 */
const IDEAS = 'acme/ideas'
const SHOP = 'acme/shop'
const root = join(import.meta.dirname, '../..')
const readText = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = readText('actions/plan-upload/README.md')
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text)

/** The block of the page that has these words. */
function blockWith(words: string): string {
  const found = blocks.filter((text) => text.includes(words))
  if (found.length !== 1) throw new Error(`the page has ${found.length} blocks with ${words}`)
  return found.join('')
}

const CONVERSATION = blockWith('issue_comment')
const VALIDATE = blockWith('mode: validate')
const FORM = readText('examples/plan/team-shelf/.github/workflows/plan-form.yml')
const FILES: Readonly<Record<string, string>> = {
  'ideas/plans/small.md': SMALL_PLAN,
  'ideas/plans/other.md': planOf(1, 1, { idea: 2 }),
  'ideas/.github/workflows/plan.yml': CONVERSATION,
  'ideas/.github/workflows/lint.yml': VALIDATE,
  'ideas/.github/workflows/verify.yml': blockWith('mode: verify'),
  'ideas/.github/workflows/front.yml': /^```yaml\n(.*?)^```$/ms.exec(readText('README.md'))?.[1] ?? '',
  // The page: by hand it needs `contents: read` alone.
  'ideas/.github/workflows/by-hand.yml': VALIDATE.replace(/^on:\n( .*\n)+/m, 'on: workflow_dispatch\n').replace(
    /^ +pull-requests: .*\n/m,
    '',
  ),
  // The page: for another repository it takes a token that may write issues there.
  'ideas/.github/workflows/plan-form.yml': `${FORM}          target-token: \${{ secrets.SHOP_ISSUES }}\n`,
  'shop/.github/switchyard.yml': blockWith('accepts:'),
  'shop/.github/workflows/follow.yml': blockWith('ledger-repository'),
}

let stage: LiveStage
const hearing = hearRuns()
const folder = mkdtempSync(join(tmpdir(), 'page-'))
beforeAll(async () => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  stage = await createLiveStage(folder, {
    runner: { onProgress: hearing.onProgress },
    async prepare({ github: { world }, maintainer }) {
      const tokenOf = (repository: string, permissions: Readonly<Record<string, 'write'>>): string =>
        world.createToken({ kind: 'fine-grained', user: maintainer.login, repositories: [repository], permissions })
      world.setSecret({ repository: IDEAS, name: 'SHOP_ISSUES', value: tokenOf(SHOP, { contents: 'write', issues: 'write' }) })
      world.setSecret({ repository: SHOP, name: 'IDEAS_LEDGER', value: tokenOf(IDEAS, { contents: 'write' }) })
      for (const title of ['Reminders', 'Elsewhere']) await maintainer.openIssue(IDEAS, { title, body: '' })
    },
  })
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

const doing = (act: () => Promise<unknown>): Promise<readonly string[]> => hearing.doing(stage, act)
const last = (idea = 1): string => stage.commentsOf(IDEAS, idea).at(-1) ?? ''
const push = (files: Readonly<Record<string, string>>, branch?: string) =>
  stage.maintainer.push({ repository: IDEAS, files, message: 'Work', ...(branch === undefined ? {} : { branch }) })
const open = (head: string, body = '') => doing(() => stage.maintainer.openPullRequest(IDEAS, { title: head, head, body }))
const close = (key: string, repository: string) =>
  doing(() =>
    stage.maintainer.request('PATCH', `/repos/${repository}/issues/${getItem(stage, key, repository).number}`, { state: 'closed' }),
  )
const start = (workflow: string, inputs: Readonly<Record<string, string>> = {}) =>
  doing(() => stage.maintainer.dispatch(IDEAS, workflow, inputs))
async function say(comment: string): Promise<string> {
  expect(await doing(() => stage.maintainer.comment(IDEAS, 1, comment))).toEqual(['plan.yml: success'])
  return last()
}

test('the page’s first workflow takes a plan to its issues, follows a changed one, and closes parents', async () => {
  await say('/plan upload plans/small.md')
  expect(getCard(stage, 1, IDEAS)).toContain('The plan is ready')
  await say('/plan review start\n/plan review approve fine')
  await say('/plan materialise')
  expect(await doing(() => push({ 'plans/small.md': SMALL_PLAN.replace('Why there', 'Why else there') }))).toEqual(['plan.yml: success'])
  const [, hash = ''] = /--confirm (\w+)/.exec(last()) ?? []
  expect(await say(`/plan sync --confirm ${hash}`)).not.toContain('problem')
  expect(getItem(stage, 'reminders', IDEAS).body).toContain('Why else there')
  expect(await say('/plan status')).toContain('0 of 3 tasks')
  for (const key of ['task-1-1', 'task-1-2', 'task-1-3']) expect(await close(key, IDEAS)).toEqual(['plan.yml: success'])
  expect(getItem(stage, 'reminders', IDEAS).state).toBe('closed')
  const tick = async () => {
    stage.github.clock.advance(31 * 60_000)
    await stage.runner.tick()
  }
  expect(await doing(tick)).toEqual(['plan.yml: success'])
})

test('what is no command, and no part of a plan, costs no runner', async () => {
  expect(await doing(() => stage.maintainer.comment(IDEAS, 1, 'A plan would be good.'))).toEqual(['plan.yml: skipped'])
  expect(await doing(() => stage.maintainer.openIssue(IDEAS, { title: 'A bug', body: 'It is broken.' }))).toEqual(['plan.yml: skipped'])
})

test('pull requests get their faults, by either page’s workflow, and their comparison; by hand the whole folder is read', async () => {
  await push({ 'plans/faulty.md': '# Epic:\n\n## Storey: A\n' }, 'faulty')
  expect(await open('faulty')).toEqual(['front.yml: failure', 'lint.yml: failure', 'verify.yml: success'])
  await push({ 'src/1/2.ts': 'x' }, 'work')
  expect(await open('work', `Closes #${getItem(stage, 'task-1-2', IDEAS).number}`)).toEqual(['verify.yml: success'])
  expect(findPlanCheck(stage)).toMatchObject({ conclusion: 'success', output: { title: 'ALIGNED: 1 of 1 path touched, nothing else' } })
  expect(await start('by-hand.yml')).toEqual(['by-hand.yml: success'])
})

test('a program posts a round as the page shows, with the right to start a workflow and no other', async () => {
  await doing(() => stage.maintainer.comment(IDEAS, 2, '/plan upload plans/other.md\n/plan review start'))
  const block = blockWith('gh workflow run')
  const { permissions } = z.object({ permissions: z.record(z.string(), z.literal('write')) }).parse(parse(block))
  const [, workflow = ''] = /gh workflow run (\S+)/.exec(block) ?? []
  const values: Readonly<Record<string, string>> = {
    '"$IDEA"': '2',
    '"$(cat round.json)"': /^```json\n(.*?)^```$/ms.exec(page)?.[1] ?? '',
  }
  const told = [...block.matchAll(/-f (\w+)=("[^"]*"|\S+)/g)].map(([, name = '', value = '']) => [name, values[value] ?? value])
  expect(told.map(([name]) => name)).toEqual(['mode', 'idea', 'review'])
  const token = stage.github.world.createToken({ kind: 'job', repository: IDEAS, permissions })
  const path = `/repos/${IDEAS}/actions/workflows/${workflow}/dispatches`
  const asked = { method: 'POST', path, body: { ref: 'main', inputs: Object.fromEntries(told) } }
  expect(await doing(() => sendTo(stage.github, token, asked))).toEqual(['plan-form.yml: success'])
  expect(getCard(stage, 2, IDEAS)).toContain('plan\\-critic | ❌ changes wanted')
})

test('issues in a repository that consents are made, and followed there by the page’s workflow', async () => {
  await doing(() => stage.maintainer.comment(IDEAS, 2, '/plan review start\n/plan review approve fine'))
  expect(await start('plan-form.yml', { mode: 'materialise', idea: '2', 'target-repository': SHOP })).toEqual(['plan-form.yml: success'])
  expect(await close('task-1-1', SHOP)).toEqual(['follow.yml: success'])
  expect([getItem(stage, 'story-1', SHOP).state, getItem(stage, 'reminders', SHOP).state]).toEqual(['closed', 'closed'])
})

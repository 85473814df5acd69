import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActionResult } from '@switchyard/workflow-runner'
import { createPlanStage, planOf, type PlanStage, SMALL_PLAN } from '../src/index.ts'

let stage: PlanStage
let head = '0'.repeat(40)
beforeAll(async () => {
  stage = await createPlanStage()
}, 60_000)
afterAll(() => stage.close())

interface Push {
  readonly branch?: string
  readonly actor?: string
}

type Pushed = ActionResult & { readonly requests: number }
/** The last push, once more. */
let again: () => Promise<Pushed> = () => Promise.reject(new Error('Nothing was pushed yet'))

async function push(files: Readonly<Record<string, string>>, { branch = 'main', actor = 'maintainer' }: Push = {}): Promise<Pushed> {
  const before = head
  const after = await stage.commit(files)
  head = after
  again = async () => {
    // As workflows are told of a push: without the names of files.
    const payload = { ref: `refs/heads/${branch}`, repository: { default_branch: 'main' }, before, after, commits: [{ id: after }] }
    stage.github.log.reset()
    const result = await stage.play({ eventName: 'push', payload, actor })
    return { ...result, requests: stage.github.log.count() }
  }
  return again()
}
const BROKEN = SMALL_PLAN.replace('## Story', '## Stry')
const toldOn = (issue: number): readonly string[] => stage.commentsOf(issue).filter((text) => text.includes(' told='))

test('a push elsewhere costs nothing, and one of other files a look at the folder', async () => {
  expect((await push({ 'plans/small.md': SMALL_PLAN }, { branch: 'topic' })).requests).toBe(0)
  expect((await push({ 'README.md': 'x', 'plans/README.md': 'x', 'plans/a.txt': 'x' })).requests).toBe(1)
})

test('a plan that names no idea is told of on its file', async () => {
  const { log, exitCode } = await push({ 'plans/none.md': SMALL_PLAN.replace('idea: 1\n', '') })
  expect(exitCode).toBe(0)
  expect(log).toContain('names no idea')
})

test('a broken plan fails the run with its places, and its idea is told once', async () => {
  for (const act of [() => push({ 'plans/small.md': BROKEN }), () => again()]) {
    const { exitCode, log, outputs } = await act()
    expect({ exitCode, reason: outputs['reason-code'] }).toEqual({ exitCode: 1, reason: 'plan-faulty' })
    expect(log).toContain('is no heading of a plan')
  }
  expect(toldOn(1)).toEqual([expect.stringContaining('unknown-heading')])
})

test('of several plans each is taken, whatever stands against the others', async () => {
  await stage.open('Another', 'An idea.', 'owner')
  const { exitCode, outputs } = await push({
    'plans/gone.md': planOf(1, 1, { idea: 99 }),
    'plans/small.md': SMALL_PLAN,
    'plans/two.md': planOf(1, 2, { idea: 2 }),
  })
  expect(exitCode).toBe(1)
  expect(JSON.parse(outputs['result'] ?? '')).toMatchObject({
    plans: [{ reason_code: 'issue-not-found' }, { reason_code: 'uploaded' }, { reason_code: 'uploaded' }],
  })
  expect(stage.cardOf(2)).toContain('2 tasks')
})

test('of a plan that is made into issues the difference is told once, and applied by whoever confirms it', async () => {
  await stage.say(1, '/plan materialise')
  const before = toldOn(1).length
  const next = SMALL_PLAN.replace('Do 1.1 {', 'Do one {')
  const { outputs } = await push({ 'plans/small.md': next })
  expect((await again()).outputs['hash']).toBe(outputs['hash'])
  expect(toldOn(1)).toHaveLength(before + 1)
  const [, command = ''] = /`(\/plan sync [^`]+)`/.exec(toldOn(1).at(-1) ?? '') ?? []
  const { number } = stage.issues().find(({ title }) => title === 'Do 1.1') ?? {}
  expect((await stage.say(1, command, 'owner')).outputs['reason-code']).toBe('synced')
  expect(stage.issue(number ?? 0).title).toBe('Do one')
})

test('a push of somebody who may not act on the idea is told on it, and changes nothing', async () => {
  const { exitCode, outputs } = await push({ 'plans/two.md': planOf(1, 3, { idea: 2 }) }, { actor: 'writer' })
  expect({ exitCode, reason: outputs['reason-code'] }).toEqual({ exitCode: 0, reason: 'plan-waits' })
  expect(stage.cardOf(2)).toContain('2 tasks')
  expect(toldOn(2)).toEqual([expect.stringMatching(/@owner[^]*as \*\*writer\*\* pushed[^]*`\/plan upload plans\/two\.md`/)])
})

import { isJsonObject, type JsonObject } from '@switchyard/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf, type PlanPlay, type PlanStage, SHELF } from '../src/index.ts'
import { sendTo } from '../src/acts.ts'
import { createPlannedStage } from '../src/planned-stage.ts'

/** Tasks 4 to 7: `src/1/1.ts`; `src/1/2.ts`, held to ALIGNED; `src/1/3.ts`, held to nothing; one without paths. */
const PLAN = planOf(1, 4)
  .replace('What is to be done for 1.2.', 'Verify: ALIGNED')
  .replace('What is to be done for 1.3.', 'Verify: NONE')
  .replace('Files: `src/1/4.ts`\n', '')

let stage: PlanStage
let base = ''
let count = 0
beforeAll(async () => {
  stage = await createPlannedStage(PLAN, { latency: 20 })
  base = await stage.commit({ 'src/1/1.ts': 'What was there before, long enough.\n' })
})
afterAll(() => stage.close())

const ask = async (method: string, path: string, body?: unknown): Promise<JsonObject> => {
  const answer = await sendTo(stage.github, stage.tokenOf('writer'), { method, path: `/repos/${SHELF}${path}`, body })
  return isJsonObject(answer) ? answer : {}
}

interface Pull {
  readonly number: number
  readonly sha: string
}

async function pull(body: string, files: Readonly<Record<string, string | null>>): Promise<Pull> {
  const head = `topic-${++count}`
  await ask('POST', '/git/refs', { ref: `refs/heads/${head}`, sha: base })
  const sha = await stage.github.world.commit({ repository: SHELF, branch: head, files, message: head })
  const { number } = await ask('POST', '/pulls', { title: 'A change', body, head, base: 'main' })
  return { number: Number(number), sha }
}

/** The verdict, and the check runs `plan` of the head, as `conclusion`. */
async function verify({ number, sha }: Pull, play: PlanPlay = {}): Promise<readonly [verdict: string | undefined, ...checks: string[]]> {
  const payload = { action: 'opened', pull_request: { number } }
  const { outputs, exitCode } = await stage.play({ eventName: 'pull_request', inputs: { mode: 'verify' }, payload, ...play })
  const checks = await ask('GET', `/commits/${sha}/check-runs?filter=all`)
  const runs = Array.isArray(checks['check_runs']) ? checks['check_runs'].filter(isJsonObject) : []
  expect(exitCode).toBe(runs.some(({ conclusion }) => conclusion === 'failure') ? 1 : 0)
  return [
    outputs['verdict'],
    ...runs.map(({ name, conclusion }) => (name === 'plan' ? `plan ${JSON.stringify(conclusion).replaceAll('"', '')}` : 'another')),
  ]
}

const MANY = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`more/${at}.ts`, 'x']))
const CASES: readonly (readonly [
  name: string,
  body: string,
  files: Readonly<Record<string, string | null>>,
  verdict: string,
  conclusion: string,
])[] = [
  ['every path and nothing else', 'Closes #4', { 'src/1/1.ts': 'x' }, 'ALIGNED', 'success'],
  ['more files than the task’s', 'Task: #4', { 'src/1/1.ts': 'x', 'b.md': 'x' }, 'PARTIAL', 'success'],
  ['more files, where the task is held to ALIGNED', 'Task: #5', { 'src/1/2.ts': 'x', 'b.md': 'x' }, 'PARTIAL', 'failure'],
  ['none of the paths', 'Fixes #4', { 'b.md': 'x' }, 'DIVERGENT', 'failure'],
  ['tasks without paths or comparison', 'Closes #6, closes #7', { 'c.md': 'x' }, 'NEUTRAL', 'neutral'],
  ['two tasks together', 'Closes #4 and closes #5', { 'src/1/1.ts': 'x', 'src/1/2.ts': 'x' }, 'ALIGNED', 'success'],
  ['150 other files', 'Closes #4', { ...MANY, 'src/1/1.ts': 'x' }, 'PARTIAL', 'success'],
  [
    'a file that is renamed away',
    'Closes #4',
    { 'src/1/1.ts': null, 'src/1/one.ts': 'What was there before, long enough.\n' },
    'ALIGNED',
    'success',
  ],
  ['issues that are no tasks', 'Closes #1, fixes #3, closes #999', { 'd.md': 'x' }, 'NEUTRAL', 'neutral'],
]

test.each(CASES)('a pull request with %s', async (_, body, files, verdict, conclusion) => {
  expect(await verify(await pull(body, files))).toEqual([verdict, `plan ${conclusion}`])
})

test('a head has one check run, which follows what the pull request says', async () => {
  const seen = await pull('Closes #4', { 'e.md': 'x' })
  expect(await verify(seen)).toEqual(['DIVERGENT', 'plan failure'])
  expect(await verify(seen)).toEqual(['DIVERGENT', 'plan failure'])
  await ask('PATCH', `/pulls/${seen.number}`, { body: 'On second thoughts, nothing of it.' })
  expect(await verify(seen)).toEqual(['NEUTRAL', 'plan neutral'])
})

test('a token that may not write check runs leaves the verdict to the job, and says so', async () => {
  const permissions = { contents: 'read', pull_requests: 'read' } as const
  const token = stage.github.world.createToken({ kind: 'job', repository: SHELF, permissions })
  const { number } = await pull('Closes #4', { 'f.md': 'x' })
  const payload = { action: 'opened', pull_request: { number } }
  const { exitCode, log, outputs } = await stage.play({ eventName: 'pull_request', inputs: { mode: 'verify' }, payload, token })
  expect({ exitCode, verdict: outputs['verdict'] }).toEqual({ exitCode: 1, verdict: 'DIVERGENT' })
  expect(log).toContain('checks: write')
})

test('a mark that a stranger copied names no task', async () => {
  await stage.open('Forged', stage.issue(4).body ?? '', 'reader')
  const { number } = stage.issues().at(-1) ?? {}
  expect(await verify(await pull(`Closes #${number}`, { 'src/1/1.ts': 'x' }))).toEqual(['NEUTRAL', 'plan neutral'])
})

const MARK = /^<!-- switchyard:plan item=.*-->$/m
test.each([
  ['a blank line above its mark', (body: string) => `\n${body}`],
  ['text above its mark', (body: string) => `Please talk to Anna first.\r\n\r\n${body.replaceAll('\n', '\r\n')}`],
  ['no mark', (body: string) => body.replace(MARK, '')],
  ['another task’s mark', (body: string) => body.replace(/key=\S+/, 'key=other')],
  ['no text at all', () => ''],
])('a task whose issue has %s is held to what the plan says', async (_, change) => {
  const body = stage.issue(4).body ?? ''
  await stage.change(4, { body: change(body) })
  expect(stage.issue(4).body).not.toBe(body)
  expect(await verify(await pull('Closes #4', { 'g.md': 'x' }))).toEqual(['DIVERGENT', 'plan failure'])
  await stage.change(4, { body })
})

test('a pull request that names no plan’s issue costs five requests, and one that does seven', async () => {
  for (const [body, requests] of [
    ['Closes #1', 5],
    ['Closes #4', 7],
  ] as const) {
    const { number } = await pull(body, { 'h.md': 'x' })
    stage.github.log.reset()
    await stage.play({ eventName: 'pull_request', inputs: { mode: 'verify' }, payload: { action: 'opened', pull_request: { number } } })
    expect([body, stage.github.log.count()]).toEqual([body, requests])
  }
})

test('what a sync made of the plan is what counts', async () => {
  const seen = await pull('Closes #4', { 'lib/one.ts': 'x' })
  expect(await verify(seen)).toEqual(['DIVERGENT', 'plan failure'])
  await stage.commit({ 'plans/small.md': PLAN.replace('src/1/1.ts', 'lib/') })
  const { outputs } = await stage.say(1, '/plan sync')
  expect(await verify(seen)).toEqual(['DIVERGENT', 'plan failure'])
  await stage.say(1, `/plan sync --confirm ${outputs['hash']}`)
  expect(await verify(seen)).toEqual(['ALIGNED', 'plan success'])
})

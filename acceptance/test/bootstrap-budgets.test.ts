import { afterEach, expect, test } from 'vitest'
import { type BootstrapPlay, type BootstrapStage, createBootstrapStage } from '../src/index.ts'
import { EXACT_DEPTH } from '../src/exact-depth.ts'
import { FORM_BODY } from '../src/bootstrap-files.ts'

let stage: BootstrapStage
afterEach(() => stage.close())

interface Cost {
  readonly requests: number
  readonly depth: number
}

type Credential = NonNullable<BootstrapPlay['credential']>

const asked = (name: string, inputs: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  owner: 'acme',
  name,
  ...inputs,
})

/** A ledger that is there already; depth is exact. */
async function setUp(templateFiles: number, credential: Credential = 'token'): Promise<void> {
  stage = await createBootstrapStage({ templateFiles, ...EXACT_DEPTH })
  const result = await stage.play({ credential, inputs: asked('first', { mode: 'create' }) })
  expect(result.outputs['reason-code']).toBe('created')
}

async function costOf(play: BootstrapPlay, reason: string): Promise<Cost> {
  stage.github.log.reset()
  const result = await stage.play(play)
  expect(result.outputs['reason-code']).toBe(reason)
  return { requests: stage.github.log.count(), depth: stage.github.log.depth() }
}

/** The description's PATCH and the commit that records it. */
const SETTINGS: Cost = { requests: 2, depth: 2 }
/** What an App asks for its token to read, and for its token to write. */
const APP_PREVIEW: Cost = { requests: 2, depth: 2 }
const APP_CREATE: Cost = { requests: 3, depth: 2 }

const sum = (left: Cost, right: Cost): Cost => ({ requests: left.requests + right.requests, depth: left.depth + right.depth })
const PREVIEW: Cost = { requests: 8, depth: 5 }
const CREATE = sum({ requests: 16, depth: 9 }, SETTINGS)

/** By how much a cost is over its budget. */
const excess = (cost: Cost, budget: Cost): Cost => ({
  requests: Math.max(0, cost.requests - budget.requests),
  depth: Math.max(0, cost.depth - budget.depth),
})
const NONE: Cost = { requests: 0, depth: 0 }

test.each([
  ['token', PREVIEW, CREATE],
  ['app', sum(PREVIEW, APP_PREVIEW), sum(CREATE, APP_CREATE)],
] as const)('a preview of 200 files and its creation stay within their budgets, with %s', async (credential, previewing, creating) => {
  await setUp(200, credential)
  expect(excess(await costOf({ credential, inputs: asked('shop') }, 'previewed'), previewing)).toEqual(NONE)
  expect(excess(await costOf({ credential, inputs: asked('shop', { mode: 'create' }) }, 'created'), creating)).toEqual(NONE)
})

test('on an issue they do so too: the preview with its comment, and a comment that commands the run', async () => {
  await setUp(200)
  expect(excess(await costOf({ eventName: 'issues', payload: await stage.openIssue() }, 'previewed'), PREVIEW)).toEqual(NONE)
  const payload = await stage.comment(1, '/bootstrap run')
  const cost = await costOf({ eventName: 'issue_comment', payload }, 'created')
  const progress = stage.github.log.count(({ route }) => /^\/repos\/\{owner\}\/\{repo\}\/issues\/(\{issue_number\}\/)?comments/.test(route))
  expect(progress).toBeGreaterThan(1)
  expect(excess({ ...cost, requests: cost.requests - progress }, CREATE)).toEqual(NONE)
})

test('a template of 1,000 files costs the requests and the depth of one of 10', async () => {
  const costs: Cost[][] = []
  for (const files of [10, 1_000]) {
    await setUp(files)
    costs.push([
      await costOf({ inputs: asked('shop') }, 'previewed'),
      await costOf({ inputs: asked('shop', { mode: 'create' }) }, 'created'),
    ])
    if (files === 10) await stage.close()
  }
  expect(costs[1]).toEqual(costs[0])
})

test.each([
  [
    'a comment without a command',
    'issue_comment',
    { action: 'created', issue: { number: 1, body: FORM_BODY }, comment: { id: 1, body: 'Looks good, see docs/bootstrap run' } },
  ],
  [
    'a comment that was edited',
    'issue_comment',
    { action: 'edited', issue: { number: 1, body: FORM_BODY }, comment: { id: 1, body: '/bootstrap run' } },
  ],
  [
    'a comment of a pull request',
    'issue_comment',
    { action: 'created', issue: { number: 1, pull_request: {} }, comment: { id: 1, body: '/bootstrap run' } },
  ],
  ['an issue that asks for no repository', 'issues', { action: 'opened', issue: { number: 1, body: 'It is broken.' } }],
  ['an event of another kind', 'watch', { action: 'started' }],
] as const)('%s costs no request', async (_, eventName, payload) => {
  stage = await createBootstrapStage()
  expect(await costOf({ eventName, payload }, 'not-for-us')).toEqual({ requests: 0, depth: 0 })
})

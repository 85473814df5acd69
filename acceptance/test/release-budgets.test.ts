import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createReleaseStage, flip, inventoryOf, PLATFORM, type ReleaseStage, releaseOf } from '../src/index.ts'
import { EXACT_DEPTH } from '../src/exact-depth.ts'

interface Cost {
  readonly requests: number
  readonly depth: number
}

const COMMAND: Cost = { requests: 6, depth: 4 }
/** On a board of one issue; one with pages is looked up in one request more. */
const TICK: Cost = { requests: 4, depth: 3 }
/** A question, or a command that is only tried. */
const ANSWER: Cost = { requests: 6, depth: 4 }
/** Of two releases, one of them with pages. */
const SWEEP: Cost = { requests: 7, depth: 5 }
const ACTIVATION: Cost = { requests: 9, depth: 7 }
/** GitHub's error says 65,536; bodies keep away from it. */
const MOST_BODY = 60_000
const MOST_FILE = 100_000
/** Where the activation is asked for, and the board that it opens. */
const ISSUE = 3
const BOARD = 4

/** The ledger is there already, with another release. */
async function setUp(customers: number): Promise<ReleaseStage> {
  const stage = await createReleaseStage({
    ...EXACT_DEPTH,
    files: { 'release/inventory.yml': inventoryOf(customers), 'release/releases/autumn.yml': releaseOf(50) },
  })
  const issue = await stage.openIssue('Hotfix')
  expect((await stage.say(issue, '/release activate hotfix cluster-1/harbour-1')).outputs['reason-code']).toBe('commanded')
  expect(await stage.openIssue('Autumn')).toBe(ISSUE)
  return stage
}

/** What one comment's run costs, and what it changed. */
async function costOf(
  stage: ReleaseStage,
  { issue, says, changes }: { readonly issue: number; readonly says: string; readonly changes: number },
  code = 'commanded',
): Promise<Cost> {
  const payload = await stage.comment(issue, says)
  stage.github.log.reset()
  const { outputs, log } = await stage.play({ eventName: 'issue_comment', payload })
  expect({ ...outputs, log }).toMatchObject({ 'reason-code': code, changes: String(changes) })
  return { requests: stage.github.log.count(), depth: stage.github.log.depth() }
}

const JOB = { actions: 'write', checks: 'write', contents: 'write', issues: 'write' } as const

/** What a sweep costs that has nothing to do. */
async function costOfSweep(stage: ReleaseStage): Promise<Cost> {
  stage.github.clock.advance(6 * 60_000)
  const token = stage.github.world.createToken({ kind: 'job', repository: PLATFORM, permissions: JOB })
  stage.github.log.reset()
  const { outputs, log } = await stage.play({ eventName: 'schedule', token })
  expect({ ...outputs, log }).toMatchObject({ 'reason-code': 'nothing-changed' })
  return { requests: stage.github.log.count(), depth: stage.github.log.depth() }
}

const excess = (cost: Cost, budget: Cost): Cost => ({
  requests: Math.max(0, cost.requests - budget.requests),
  depth: Math.max(0, cost.depth - budget.depth),
})
const NONE: Cost = { requests: 0, depth: 0 }
/** Pages stand under one parent, where links must not overlap: their requests, of eight pages each, follow one another. */
const activationOf = (pages: number): Cost => {
  const more = Math.ceil(pages / 8)
  return { requests: ACTIVATION.requests + more, depth: ACTIVATION.depth + Math.max(0, more - 1) }
}
const largest = (texts: Iterable<string>): number => Math.max(...[...texts].map((text) => Buffer.byteLength(text)))
const bodies = ({ github }: ReleaseStage): readonly string[] => [...github.world.state.issues.values()].map(({ body }) => body ?? '')
const pagesOf = (stage: ReleaseStage): number => bodies(stage).filter((body) => /page=[1-9]/.test(body.split('\n')[0] ?? '')).length

describe('a release of 200 customers with 50 steps', () => {
  let stage: ReleaseStage
  let one: ReleaseStage
  beforeAll(async () => {
    ;[stage, one] = [await setUp(200), await setUp(1)]
  })
  afterAll(async () => {
    await Promise.all([stage.close(), one.close()])
  })

  test('is activated in one commit, and within its budget', async () => {
    const known = (await stage.ledgerLog()).length
    const cost = await costOf(stage, { issue: ISSUE, says: '/release activate autumn', changes: 1 })
    const pages = pagesOf(stage)
    expect(pages).toBeGreaterThan(20)
    expect(excess(cost, activationOf(pages))).toEqual(NONE)
    expect((await stage.ledgerLog()).slice(known)).toEqual([
      'release: release.activated, release.comments-handled',
      'release: release.board-made',
    ])
    await costOf(one, { issue: ISSUE, says: '/release activate autumn', changes: 1 })
  })

  test('has no record of what is pending, and small files', async () => {
    const files = await stage.readLedger()
    expect([...files.keys()].filter((path) => path.endsWith('/state.json'))).toHaveLength(2)
    expect(largest(files.values())).toBeLessThan(MOST_FILE)
    expect([...files].filter(([path]) => path.startsWith('blobs/'))).toHaveLength(50 + 3)
  })

  test('takes a command in the requests and the depth of a release of one customer', async () => {
    const says = '/step done step-1 cluster-1/harbour-1 looked at'
    const cost = await costOf(stage, { issue: BOARD, says, changes: 1 })
    expect(cost).toEqual(await costOf(one, { issue: BOARD, says, changes: 1 }))
    expect(excess(cost, COMMAND)).toEqual(NONE)
  })

  test('takes a command for all in one request more for each eight of its pages', async () => {
    const says = '/step skip step-2 --all not needed here'
    const cost = await costOf(stage, { issue: BOARD, says, changes: 200 })
    expect(excess(cost, { ...COMMAND, requests: COMMAND.requests + Math.ceil((pagesOf(stage) - 8) / 8) })).toEqual(NONE)
    expect(excess(await costOf(one, { issue: BOARD, says, changes: 1 }), COMMAND)).toEqual(NONE)
    expect(largest((await stage.readLedger()).values())).toBeLessThan(MOST_FILE)
  })

  test('takes a tick and an untick in the requests and the depth of a board of one issue, its pages’ lookup apart', async () => {
    for (const word of ['done', 'reverted']) {
      for (const [on, issue, requests] of [
        [one, BOARD, TICK.requests],
        [stage, BOARD + 1, TICK.requests + 1],
      ] as const) {
        const payload = await on.change(issue, flip('cluster-1/harbour-1', 'step-3'))
        on.github.log.reset()
        const { outputs } = await on.play({ eventName: 'issues', payload })
        expect({ word, changes: outputs['changes'] }).toEqual({ word, changes: '1' })
        const cost = { requests: on.github.log.count(), depth: on.github.log.depth() }
        expect(excess(cost, { ...TICK, requests })).toEqual(NONE)
      }
    }
  })

  test.each([
    ['/step done step-4 cluster-1/harbour-1 --dry-run', 'dry-run'],
    ['/step show step-4 cluster-1/harbour-1', 'shown'],
    ['/release customer cluster-1/harbour-1', 'shown'],
    ['/release status', 'shown'],
    ['/help', 'shown'],
  ])('answers %s in no more than a command', async (says, code) => {
    for (const on of [one, stage]) {
      expect(excess(await costOf(on, { issue: BOARD, says, changes: 0 }, code), ANSWER)).toEqual(NONE)
    }
  })

  test('is swept, where all is well, in no more depth than a release of one customer, with one request more for each eight of its pages', async () => {
    const before = [await stage.ledgerLog(), bodies(stage), stage.github.world.state.checkRuns.size]
    const [cost, small] = [await costOfSweep(stage), await costOfSweep(one)]
    expect(Math.max(cost.depth, small.depth)).toBeLessThanOrEqual(SWEEP.depth)
    expect(cost.requests).toBe(small.requests + Math.ceil((pagesOf(stage) + 1) / 8) - 1)
    expect(excess(small, SWEEP)).toEqual(NONE)
    expect([await stage.ledgerLog(), bodies(stage), stage.github.world.state.checkRuns.size]).toEqual(before)
  })

  test('has bodies within GitHub’s limit, and every box on one of them', () => {
    const all = bodies(stage)
    expect(Math.max(...all.map(({ length }) => length))).toBeLessThanOrEqual(MOST_BODY)
    expect(all.join('\n').match(/^- \[[ x]\] /gm)?.length).toBe(200 * 50 + 3)
  })
})

test('a form activates a release in no more than a comment does', async () => {
  const stage = await setUp(60)
  try {
    stage.github.log.reset()
    const { outputs, log } = await stage.play({ inputs: { mode: 'activate', release: 'autumn' } })
    expect({ ...outputs, log }).toMatchObject({ 'reason-code': 'commanded' })
    const cost = { requests: stage.github.log.count(), depth: stage.github.log.depth() }
    expect(excess(cost, activationOf(pagesOf(stage)))).toEqual(NONE)
    expect(
      bodies(stage)
        .join('\n')
        .match(/^- \[ \] /gm),
    ).toHaveLength(60 * 50 + 3)
  } finally {
    await stage.close()
  }
})

test.each([
  [
    'a comment without a command',
    'issue_comment',
    { action: 'created', issue: { number: 1, body: '' }, comment: { id: 1, body: 'Looks good, see /step' } },
  ],
  [
    'a comment that was edited',
    'issue_comment',
    { action: 'edited', issue: { number: 1, body: '' }, comment: { id: 1, body: '/step done rotate --all' } },
  ],
  [
    'an edit of an issue that is no board',
    'issues',
    { action: 'edited', issue: { number: 1, body: 'b' }, changes: { body: { from: 'a' } }, sender: { login: 'reader' } },
  ],
] as const)('%s costs no request', async (_, eventName, payload) => {
  const stage = await createReleaseStage()
  try {
    stage.github.log.reset()
    expect((await stage.play({ eventName, payload })).outputs['reason-code']).toBe('not-for-us')
    expect(stage.github.log.count()).toBe(0)
  } finally {
    await stage.close()
  }
})

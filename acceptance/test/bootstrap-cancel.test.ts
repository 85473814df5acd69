import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ActionResult } from '@switchyard/workflow-runner'
import { type BootstrapStage, createBootstrapStage, endOf, FINISHES, lookAtEnding, runKilled, sample, saveShop } from '../src/index.ts'

const folder = await mkdtemp(join(tmpdir(), 'bootstrap-cancel-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const saved = await saveShop(folder)

async function withStage(work: (stage: BootstrapStage) => Promise<void>): Promise<void> {
  const { findings, openIntents } = await endOf(saved, work)
  expect({ findings, openIntents }).toEqual({ findings: [], openIntents: [] })
}

const SHOP = { owner: 'acme', name: 'shop' } as const
const cancel = (stage: BootstrapStage): Promise<ActionResult> => stage.play({ inputs: { mode: 'cancel', ...SHOP } })
const cleanUp = (stage: BootstrapStage): Promise<ActionResult> =>
  stage.play({ inputs: { mode: 'cleanup', cleanup: 'delete', ...SHOP, confirm: 'acme/shop' } })

/** Does something while the answer to the nth request by API is on its way. */
function during(stage: BootstrapStage, nth: number, act: () => Promise<unknown>): void {
  let seen = 0
  stage.github.behaviour.onExchange = async () => {
    seen += 1
    if (seen === nth) await act()
  }
}

async function countExchanges(): Promise<number> {
  const stage = await createBootstrapStage({ saved })
  const payload = await stage.comment(1, '/bootstrap run')
  let count = 0
  stage.github.behaviour.onExchange = () => void (count += 1)
  await stage.play({ eventName: 'issue_comment', payload })
  await stage.close()
  return count
}

const moments = Array.from({ length: await countExchanges() }, (_, at) => at + 1)
test.concurrent.each(sample(moments))('a run that is cancelled during request %i stays cancelled, and what it made is cleaned up', (nth) =>
  withStage(async (stage) => {
    const payload = await stage.comment(1, '/bootstrap run')
    const told: ActionResult[] = []
    during(stage, nth, async () => told.push(await cancel(stage)))
    const result = await stage.play({ eventName: 'issue_comment', payload })
    expect(told).toHaveLength(1)
    const { repositories, runs } = await lookAtEnding(stage)
    const [run] = runs
    if (run === undefined) {
      expect(result.outputs).toMatchObject({ decision: 'refused', 'reason-code': 'run-cancelled' })
      expect(repositories).toEqual([])
    } else if (told[0]?.outputs['result']?.includes('"run_id":null') === true) {
      expect(run).toMatchObject({ status: 'SUCCEEDED', needs_cleanup: false })
    } else {
      expect(run).toMatchObject({ status: 'CANCELLED', needs_cleanup: repositories.length > 0 })
      expect(result.outputs).toMatchObject({ decision: 'refused', 'reason-code': 'cancelled' })
      expect(stage.commentsOf(1).findLast((body) => body.includes(' run='))).toContain('was cancelled')
      expect((await cleanUp(stage)).outputs).toMatchObject({
        'reason-code': repositories.length > 0 ? 'cleaned-up' : 'nothing-to-clean-up',
      })
      const after = await lookAtEnding(stage)
      expect(after.repositories).toEqual([])
      expect(after.runs).toMatchObject([{ status: 'CANCELLED' }])
    }
  }),
)

describe.concurrent('a run that is cancelled after its process was killed', () => {
  const kills = [
    { at: 'the creation', match: { method: 'POST', route: '/orgs/{org}/repos' }, kind: 'lost-answer-before', made: 0, refs: '' },
    { at: 'the creation was done', match: { method: 'POST', route: '/orgs/{org}/repos' }, kind: 'lost-answer-after', made: 1, refs: '' },
    { at: 'the push', match: { method: 'POST', route: /git-receive-pack$/ }, kind: 'lost-answer-before', made: 1, refs: '' },
    {
      at: 'the settings',
      match: { method: 'PUT', route: '/repos/{owner}/{repo}/topics' },
      kind: 'lost-answer-before',
      made: 1,
      refs: 'refs/heads/main',
    },
  ] as const
  test.each(kills)('at $at is not carried on by its next attempt', ({ match, kind, made, refs }) =>
    withStage(async (stage) => {
      const killed = await runKilled(stage, { match, kind })
      await cancel(stage)
      await FINISHES['its own next attempt'](stage, killed)
      const { repositories, runs } = await lookAtEnding(stage)
      expect(runs).toMatchObject([{ status: 'CANCELLED', needs_cleanup: made > 0 }])
      expect(repositories).toHaveLength(made)
      if (made === 0) return
      expect(await stage.git('acme/shop', 'for-each-ref', '--format=%(refname)')).toBe(refs)
      expect(repositories).toMatchObject([{ topics: [], description: expect.stringContaining('Being made') }])
      expect((await cleanUp(stage)).outputs).toMatchObject({ 'reason-code': 'cleaned-up' })
    }),
  )
})

describe.concurrent('two runs for the same name at once', () => {
  /** Both have found the name free before either begins. */
  function meet(stage: BootstrapStage): void {
    const waiting: (() => void)[] = []
    stage.github.behaviour.onExchange = ({ path, status }) => {
      if (!path.endsWith('/repos/acme/shop') || status !== 404) return undefined
      const met = new Promise<void>((resolve) => waiting.push(resolve))
      if (waiting.length === 2) for (const go of waiting) go()
      return met
    }
  }

  test('end as one repository: one goes on, the other is refused', () =>
    withStage(async (stage) => {
      meet(stage)
      // Whoever makes it waits until the other has ended.
      const first = Promise.withResolvers<void>()
      const { onExchange } = stage.github.behaviour
      stage.github.behaviour.onExchange = (exchange) => (exchange.route === '/orgs/{org}/repos' ? first.promise : onExchange?.(exchange))
      const results = await Promise.all(
        [1, 2].map(() => stage.play({ inputs: { mode: 'create', ...SHOP } }).finally(() => first.resolve())),
      )
      expect(new Set(results.map(({ outputs }) => outputs['reason-code']))).toEqual(new Set(['created', 'run-active']))
      const { repositories, runs } = await lookAtEnding(stage)
      expect(repositories).toMatchObject([{ name: 'shop', topics: ['shop', 'web'] }])
      expect(runs).toMatchObject([{ status: 'SUCCEEDED' }])
    }))

  test('of the same comment are one run, with one comment that tells of it', () =>
    withStage(async (stage) => {
      meet(stage)
      const payload = await stage.comment(1, '/bootstrap run')
      const results = await Promise.all([1, 2].map(() => stage.play({ eventName: 'issue_comment', payload })))
      expect(results.map(({ outputs }) => outputs['reason-code'])).toContain('created')
      const { repositories, runs, progressComments } = await lookAtEnding(stage)
      expect(repositories).toHaveLength(1)
      expect(runs).toMatchObject([{ status: 'SUCCEEDED' }])
      expect(progressComments).toEqual([1])
      expect([...stage.github.world.state.checkRuns.values()]).toHaveLength(1)
    }))
})

test('somebody may start ten runs an hour', () =>
  withStage(async (stage) => {
    const start = (at: number): Promise<ActionResult> => stage.play({ inputs: { mode: 'create', owner: 'acme', name: `made-${at}` } })
    const reasons = []
    for (let at = 0; at < 11; at += 1) reasons.push((await start(at)).outputs['reason-code'])
    expect(reasons).toEqual([...Array.from({ length: 10 }, () => 'created'), 'too-many-starts'])
    expect((await stage.play({ inputs: { mode: 'create', owner: 'acme', name: 'hers' }, actor: 'other-admin' })).outputs).toMatchObject({
      'reason-code': 'created',
    })
    stage.github.clock.advance(3_600_000)
    expect((await start(11)).outputs).toMatchObject({ 'reason-code': 'created' })
  }))

import { afterEach, describe, expect, test } from 'vitest'
import type { Fault } from '@switchyard/local-github'
import { z } from 'zod'
import { createDispatchStage, type DispatchStage } from '../src/index.ts'

const DISPATCH = '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches'
const TARGETS = ['spoke-1', 'spoke-2', 'spoke-3'] as const

const results = z.object({ targets: z.array(z.object({ outcome: z.string(), reason: z.string().nullable() })) })
const count = <T>(values: readonly T[], wanted: T): number => values.filter((value) => value === wanted).length

let stage: DispatchStage
afterEach(() => stage.close())

async function playWith(
  fault: Fault,
  options: { readonly marked?: boolean } = {},
): Promise<{ readonly outcomes: readonly string[]; readonly started: readonly number[] }> {
  stage = await createDispatchStage({ fanOut: { targets: 3, ...options } })
  stage.github.faults.add(fault)
  const result = await stage.play({ payload: await stage.completeCi() })
  const { targets } = results.parse(JSON.parse(result.outputs['results'] ?? ''))
  const outcomes = targets.map(({ outcome, reason }) => reason ?? outcome)
  return { outcomes, started: TARGETS.map((name) => stage.runsOf(name).length) }
}

const DONE = ['dispatched', 'dispatched', 'dispatched']

describe('a dispatch whose answer is lost', () => {
  test.each(['error-after', 'lost-answer-after'] as const)('is found among the target’s runs (%s)', async (kind) => {
    const { outcomes, started } = await playWith({ match: { route: DISPATCH, nth: 2 }, kind })
    expect(outcomes).toEqual(DONE)
    expect(started).toEqual([1, 1, 1])
  })

  test.each(['error-before', 'lost-answer-before'] as const)(
    'and never came to pass is never sent again: it needs attention (%s)',
    async (kind) => {
      const { outcomes, started } = await playWith({ match: { route: DISPATCH, nth: 2 }, kind })
      expect([count(outcomes, 'dispatched'), count(outcomes, 'needs-attention')]).toEqual([2, 1])
      expect([count(started, 1), count(started, 0)]).toEqual([2, 1])
      const [issue] = stage.github.world.state.issues.values()
      expect(issue?.body).toContain('needs-attention')
    },
  )

  test('is found without a marker, too, when nothing else was started there', async () => {
    const { outcomes, started } = await playWith({ match: { route: DISPATCH, nth: 1 }, kind: 'lost-answer-after' }, { marked: false })
    expect(outcomes).toEqual(DONE)
    expect(started).toEqual([1, 1, 1])
  })
})

describe('what proves that nothing started', () => {
  test('a refusal is told as what it is, and stops none of the others', async () => {
    const { outcomes, started } = await playWith({ match: { route: DISPATCH, nth: 1 }, kind: 'not-found' })
    expect([count(outcomes, 'dispatched'), count(outcomes, 'workflow-not-found')]).toEqual([2, 1])
    expect([count(started, 1), count(started, 0)]).toEqual([2, 1])
  })

  test('a secondary rate limit is waited for', async () => {
    const { outcomes, started } = await playWith({ match: { route: DISPATCH, nth: 1 }, kind: 'secondary-limit', ms: 1_000 })
    expect(outcomes).toEqual(DONE)
    expect(started).toEqual([1, 1, 1])
  })
})

describe('a server that does not tell the run', () => {
  test('is asked again without the key, once, and the run is found by its title', async () => {
    stage = await createDispatchStage({ fanOut: { targets: 1 }, knowsRunDetails: false })
    const result = await stage.play({ payload: await stage.completeCi() })
    const [run] = stage.runsOf('spoke-1')
    expect(stage.runsOf('spoke-1')).toHaveLength(1)
    expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject({ targets: [{ outcome: 'dispatched', run_id: run?.id }] })
  })
})

const reads = ['error-before', 'error-after', 'lost-answer-before', 'lost-answer-after'] as const

test.each([1, 2, 3].flatMap((nth) => reads.map((kind) => ({ nth, kind }))))('read $nth is repeated after $kind', async ({ nth, kind }) => {
  const { outcomes, started } = await playWith({ match: { nth }, kind })
  expect(outcomes).toEqual(DONE)
  expect(started).toEqual([1, 1, 1])
})

test.each(['error-before', 'error-after', 'lost-answer-after', 'stale-head'] as const)(
  'a commit to the ledger survives %s',
  async (kind) => {
    stage = await createDispatchStage({ fanOut: { targets: 3 } })
    await stage.play({ payload: await stage.completeCi('failure') })
    stage.github.faults.add({ match: { operation: 'CommitToLedger', nth: 1 }, kind })
    const result = await stage.play({ payload: await stage.completeCi() })
    expect(result.outputs).toMatchObject({ dispatched: '3' })
    expect(TARGETS.map((name) => stage.runsOf(name).length)).toEqual([1, 1, 1])
    expect(stage.github.faults.pending()).toBe(0)
  },
)

test('a lost dispatch among more runs than one page shows needs attention: it is not sent again', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 1 } })
  const payload = await stage.completeCi()
  const run = await stage.startDispatchRun()
  let kill = (): void => undefined
  stage.github.faults.add({ match: { route: DISPATCH, nth: 1 }, kind: 'lost-answer-after', onLost: () => kill() })
  await stage.play({ payload, run, onStarted: (child) => (kill = () => void child.kill('SIGKILL')) })
  for (let more = 0; more < 100; more += 1) {
    await stage.github.world.startRun({ repository: 'acme/spoke-1', workflow: 'cd.yml', event: 'workflow_dispatch' })
  }
  stage.github.clock.advance(420_000)
  await stage.github.world.completeRun(run.id, 'cancelled')
  stage.github.world.rerun(run.id)
  const result = await stage.play({ payload, run, attempt: 2 })
  expect(result.outputs).toMatchObject({ dispatched: '0' })
  expect(stage.runsOf('spoke-1')).toHaveLength(101)
})

import { expect, it } from 'vitest'
import { verify } from '../src/maintenance.ts'
import { MemoryBranch, MemoryStore } from '../src/memory-store.ts'
import { seededRandom, VirtualClock } from './clock.ts'
import { Courier } from './courier.ts'
import { ask, openLedger, runOf } from './fixture.ts'
import { parcels } from './parcels.ts'

interface Crowd {
  readonly writers: number
  readonly latencyMs: number
  /** They begin within this time. */
  readonly withinMs: number
  readonly seed: number
}

interface Outcome {
  readonly requestsPerWriter: number
  readonly worstWaitMs: number
  readonly meanWaitMs: number
  readonly branch: MemoryBranch
}

/** Writers on one branch, each a process of its own, in virtual time. */
async function simulate({ writers, latencyMs, withinMs, seed }: Crowd): Promise<Outcome> {
  const clock = new VirtualClock()
  const branch = new MemoryBranch()
  const half = (): Promise<void> => clock.sleep(latencyMs / 2)
  await openLedger(new MemoryStore(branch)).perform({
    requests: [ask('begin', { kind: 'pay', amount: 1 }, 'begin')],
    handlers: new Courier(),
  })
  let requests = 0
  const random = seededRandom(seed)
  const write = async (writer: number): Promise<number> => {
    await clock.sleep(random() * withinMs)
    const start = clock.now()
    const store = new MemoryStore(branch, {
      before: () => {
        requests += 1
        return half()
      },
      after: half,
    })
    const ledger = openLedger(store, { clock, seed: seed * 1_000 + writer, run: runOf(writer + 2) })
    await ledger.perform({ requests: [ask(`s${writer}`, { kind: 'pay', amount: 1 }, `k${writer}`)], handlers: new Courier() })
    return clock.now() - start
  }
  const waits = await clock.run(Promise.all(Array.from({ length: writers }, (_, writer) => write(writer))))
  const meanWaitMs = waits.reduce((sum, wait) => sum + wait, 0) / writers
  return { requestsPerWriter: requests / writers, worstWaitMs: Math.max(...waits), meanWaitMs, branch }
}

async function average(crowd: Omit<Crowd, 'seed'>, runs: number): Promise<Omit<Outcome, 'branch'>> {
  const outcomes: Outcome[] = []
  for (let seed = 1; seed <= runs; seed += 1) outcomes.push(await simulate({ ...crowd, seed }))
  return {
    requestsPerWriter: outcomes.reduce((sum, { requestsPerWriter }) => sum + requestsPerWriter, 0) / runs,
    meanWaitMs: outcomes.reduce((sum, { meanWaitMs }) => sum + meanWaitMs, 0) / runs,
    worstWaitMs: Math.max(...outcomes.map(({ worstWaitMs }) => worstWaitMs)),
  }
}

it('50 writers in one second need at most 6 requests each on average, and all land', async () => {
  const { requestsPerWriter, branch } = await simulate({ writers: 50, latencyMs: 20, withinMs: 1_000, seed: 1 })
  expect(requestsPerWriter).toBeLessThanOrEqual(6)
  const { events, findings } = await verify(parcels, new MemoryStore(branch))
  expect([events, findings]).toEqual([51, []])
})

it('50 writers in the very same moment need hardly more', async () => {
  const { requestsPerWriter, worstWaitMs } = await average({ writers: 50, latencyMs: 20, withinMs: 0 }, 4)
  expect(requestsPerWriter).toBeLessThanOrEqual(6.5)
  expect(worstWaitMs).toBeLessThan(10_000)
})

it('two writers hardly wait', async () => {
  const { meanWaitMs, requestsPerWriter } = await average({ writers: 2, latencyMs: 20, withinMs: 0 }, 10)
  expect(meanWaitMs).toBeLessThan(10 * 20)
  expect(requestsPerWriter).toBeLessThanOrEqual(3.5)
})

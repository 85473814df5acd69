import type { RunRef } from '@switchyard/core'
import { describe, expect, it } from 'vitest'
import { verify } from '../src/maintenance.ts'
import { MemoryBranch, MemoryStore } from '../src/memory-store.ts'
import { seededRandom, VirtualClock } from './clock.ts'
import { Courier } from './courier.ts'
import { ask, openLedger, runOf } from './fixture.ts'
import { parcels } from './parcels.ts'

/** A process that dies before its n-th step: from then on nothing it does has an effect. */
class Mortal {
  steps = 0
  readonly #stepsToLive: number

  constructor(stepsToLive: number) {
    this.#stepsToLive = stepsToLive
  }

  get isDead(): boolean {
    return this.steps > this.#stepsToLive
  }

  readonly step = (): void => {
    this.steps += 1
    if (this.isDead) throw new Error('killed')
  }
}

interface World {
  readonly branch: MemoryBranch
  readonly courier: Courier
  /** Attempts that died: GitHub calls them completed. */
  readonly dead: Set<string>
  readonly clock: VirtualClock
  /** How long a step outside takes. */
  pace: () => Promise<void>
}

const name = (run: RunRef): string => `${run.run_id}#${run.run_attempt}`
const requests = [ask('a', { kind: 'send', parcels: ['p', 'f'] }, 'k1'), ask('b', { kind: 'send', parcels: ['q'] }, 'k2')]

/** What a job does: first it finishes what others left, then its own work. Returns whether it lived. */
async function live({ branch, courier, dead, clock, pace }: World, run: RunRef, stepsToLive: number): Promise<boolean> {
  const mortal = new Mortal(stepsToLive)
  const store = new MemoryStore(branch, { before: mortal.step, after: mortal.step })
  const isAttemptCompleted = async (holder: RunRef): Promise<boolean> => {
    mortal.step()
    return dead.has(name(holder))
  }
  const ledger = openLedger(store, { run, isAttemptCompleted, clock, seed: run.run_id * 10 + run.run_attempt })
  const handlers = courier.withCalls(async () => {
    await pace()
    mortal.step()
  })
  try {
    const { loaded } = await ledger.recover({
      handlers,
      loaded: await ledger.load({ subjects: ['a', 'b'], idempotencyKeys: ['k1', 'k2'] }),
    })
    await ledger.perform({ requests, handlers, loaded })
  } catch (error) {
    if (!mortal.isDead) throw error
  }
  if (mortal.isDead) dead.add(name(run))
  return !mortal.isDead
}

async function expectOnce({ branch, courier }: World, context: string): Promise<void> {
  const loaded = await openLedger(new MemoryStore(branch)).load({ subjects: ['a', 'b'], idempotencyKeys: [] })
  const { findings } = await verify(parcels, new MemoryStore(branch))
  expect({
    context,
    deliveries: [...courier.deliveries.values()],
    parcels: { ...loaded.getState('a').parcels, ...loaded.getState('b').parcels },
    intents: loaded.intents,
    findings,
  }).toEqual({
    context,
    deliveries: [1, 1, 1, 1],
    parcels: { p: 'delivered', f: 'forward', 'f+': 'delivered', q: 'delivered' },
    intents: [],
    findings: [],
  })
}

function begin(): World {
  return { branch: new MemoryBranch(), courier: new Courier(), dead: new Set(), clock: new VirtualClock(), pace: async () => undefined }
}

describe('a process killed between any two steps', () => {
  const successors = { 'its own next attempt': runOf(1, 2), 'another run': runOf(2) }
  for (const [who, successor] of Object.entries(successors)) {
    it(`is finished by ${who}, and nothing is done twice or lost`, async () => {
      let stepsToLive = 0
      for (let lived = false; !lived; stepsToLive += 1) {
        const world = begin()
        lived = await live(world, runOf(1), stepsToLive)
        expect(await live(world, successor, Infinity)).toBe(true)
        await expectOnce(world, `killed after ${stepsToLive} steps`)
      }
      expect(stepsToLive).toBeGreaterThan(15)
    })
  }

  it('is finished even when whoever finishes is killed as well, anywhere', async () => {
    for (let first = 0, lived = false; !lived; first += 1) {
      for (let second = 0, finished = false; !finished; second += 1) {
        const world = begin()
        lived = await live(world, runOf(1), first)
        finished = await live(world, runOf(2), second)
        expect(await live(world, runOf(3), Infinity)).toBe(true)
        await expectOnce(world, `killed after ${first} and ${second} steps`)
      }
    }
  })
})

it('two that recover the same orphan at once never both act on it', async () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const world = begin()
    await live(world, runOf(1), 9 + (seed % 8))
    const random = seededRandom(seed)
    world.pace = () => world.clock.sleep(random() * 2_000)
    const both = await world.clock.run(Promise.all([live(world, runOf(2), Infinity), live(world, runOf(3), Infinity)]))
    expect(both).toEqual([true, true])
    await world.clock.run(live(world, runOf(4), Infinity))
    await expectOnce(world, `seed ${seed}`)
  }
})

import { GitHubError, type RunRef } from '@switchyard/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { verify } from '../src/maintenance.ts'
import { MemoryBranch, MemoryStore } from '../src/memory-store.ts'
import { seededRandom, VirtualClock } from './clock.ts'
import { Courier } from './courier.ts'
import { ask, openLedger, runOf } from './fixture.ts'
import { parcels, PAY_LIMIT } from './parcels.ts'

const subject = fc.constantFrom('a', 'B/c')
const payment = fc.record({ kind: fc.constant('pay' as const), subject, amount: fc.integer({ min: 1, max: 60 }) })
const parcel = fc.record({ kind: fc.constant('send' as const), subject, parcel: fc.constantFrom('p', 'q', 'f', 'g') })
const process = fc.record({
  commands: fc.array(fc.oneof(payment, parcel), { minLength: 1, maxLength: 3 }),
  /** Two processes with one key are the same event, delivered twice. */
  key: fc.integer({ min: 1, max: 4 }),
  /** Which of its commits get a bad answer, and whether they land all the same. */
  faults: fc.array(fc.record({ nth: fc.integer({ min: 1, max: 4 }), isLanded: fc.boolean() }), { maxLength: 2 }),
  seed: fc.nat(),
})

interface Paid {
  readonly key: string
  readonly subject: string
  readonly amount: number
}

/** Loses answers to commits on order, before or after they landed, and takes its time with everything. */
function openStore(
  branch: MemoryBranch,
  clock: VirtualClock,
  { faults, seed }: { faults: readonly { nth: number; isLanded: boolean }[]; seed: number },
): MemoryStore {
  const random = seededRandom(seed)
  let commits = 0
  const lose = (request: string, isLanded: boolean): void => {
    if (request === 'commit' && faults.some((fault) => fault.nth === commits && fault.isLanded === isLanded)) {
      throw new GitHubError('GITHUB_ANSWER_LOST', 'lost', { status: 0, route: 'POST /graphql' })
    }
  }
  return new MemoryStore(branch, {
    async before(request) {
      if (request === 'commit') commits += 1
      await clock.sleep(Math.floor(random() * 50))
      lose(request, false)
    },
    async after(request) {
      await clock.sleep(Math.floor(random() * 50))
      lose(request, true)
    },
  })
}

it('whatever writes at once, loses answers or is delivered twice: what is recorded is what a simple account of it says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(process, { minLength: 1, maxLength: 5 }), async (processes) => {
      const clock = new VirtualClock()
      const branch = new MemoryBranch()
      const courier = new Courier()
      const accepted: Paid[] = []
      const work = processes.map(async ({ commands, key, faults, seed }, index) => {
        const run: RunRef = runOf(index + 1)
        const ledger = openLedger(openStore(branch, clock, { faults, seed }), { clock, run, seed: seed + index })
        const requests = commands.map((command, position) => {
          const what = command.kind === 'pay' ? command : { kind: 'send' as const, parcels: [`${command.parcel}${key}`] }
          return ask(command.subject, what, `${key}/${position}`)
        })
        const { results, failures, lost } = await ledger.perform({ requests, handlers: courier })
        expect([failures, lost]).toEqual([[], []])
        for (const [position, result] of results.entries()) {
          const events = result.kind === 'done' ? result.events : []
          const paid = events.filter((event) => event.type === 'dispatch.paid')
          accepted.push(...paid.map(({ subject: payer, data }) => ({ key: `${key}/${position}`, subject: payer, amount: data.amount })))
        }
      })
      await clock.run(Promise.all(work))
      const { findings } = await verify(parcels, new MemoryStore(branch))
      expect(findings).toEqual([])
      expect(new Set(accepted.map(({ key }) => key)).size).toBe(accepted.length)
      const loaded = await openLedger(new MemoryStore(branch)).load({ subjects: ['a', 'B/c'], idempotencyKeys: [] })
      for (const name of ['a', 'B/c']) {
        const sum = accepted.filter((paid) => paid.subject === name).reduce((total, { amount }) => total + amount, 0)
        expect(loaded.getState(name).paid).toBe(sum)
        expect(sum).toBeLessThanOrEqual(PAY_LIMIT)
        expect(Object.values(loaded.getState(name).parcels)).not.toContain('sent')
      }
      expect(loaded.intents).toEqual([])
      expect([...courier.deliveries.values()].every((count) => count === 1)).toBe(true)
    }),
    { numRuns: 60 },
  )
})

import { expect, it } from 'vitest'
import type { LedgerStore } from '../src/index.ts'
import { verify } from '../src/maintenance.ts'
import { MemoryBranch, MemoryStore } from '../src/memory-store.ts'
import { Courier } from './courier.ts'
import { ask, openLedger } from './fixture.ts'
import { parcels } from './parcels.ts'

/** Bytes that one more command reads and writes, and its requests. */
async function costOf(branch: MemoryBranch): Promise<{ requests: number; bytes: number }> {
  const cost = { requests: 0, bytes: 0 }
  const inner = new MemoryStore(branch)
  const count = (texts: Iterable<string | undefined>): void => {
    cost.requests += 1
    for (const text of texts) cost.bytes += text?.length ?? 0
  }
  const store: LedgerStore = {
    place: inner.place,
    create: (files) => inner.create(files),
    readAt: (commit, paths) => inner.readAt(commit, paths),
    listAt: (commit, folder) => inner.listAt(commit, folder),
    historyOf: (commit, path) => inner.historyOf(commit, path),
    async read(wanted, beside) {
      const reading = await inner.read(wanted, beside)
      count(reading.files.values())
      return reading
    },
    async commit(change) {
      count(change.additions.values())
      return inner.commit(change)
    },
  }
  await openLedger(store).perform({
    requests: [ask('a', { kind: 'cancel', parcel: 'x' }, `last ${branch.commits.size}`)],
    handlers: new Courier(),
  })
  return cost
}

it('costs the same on the 10th event and on the 1,000th, across a chapter', async () => {
  const branch = new MemoryBranch()
  const write = async (from: number, to: number): Promise<void> => {
    for (let number = from; number < to; number += 1) {
      await openLedger(new MemoryStore(branch)).perform({
        requests: [ask('a', { kind: 'cancel', parcel: 'x' }, `k${number}`)],
        handlers: new Courier(),
      })
    }
  }
  await write(0, 60)
  const early = await costOf(branch)
  await write(60, 1_000)
  const late = await costOf(branch)
  expect(early.requests).toBe(2)
  expect(late.requests).toBe(2)
  expect(late.bytes).toBeLessThan(early.bytes * 1.1)
  const { events, findings } = await verify(parcels, new MemoryStore(branch))
  expect(events).toBe(1_002)
  // 1,002 pages of one view in one folder are the made-up view's own doing, and named.
  expect(findings.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['crowded views/cancelled'])
})

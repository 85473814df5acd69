import { describe, expect, it } from 'vitest'
import type { CommandGroup } from '../src/index.ts'
import { verify } from '../src/maintenance.ts'
import { MemoryBranch, MemoryStore } from '../src/memory-store.ts'
import { Courier } from './courier.ts'
import { ask, openLedger, runOf } from './fixture.ts'
import { type ParcelCommand, parcels, type ParcelState } from './parcels.ts'

type Group = CommandGroup<ParcelState, ParcelCommand>
const handlers = new Courier()

function begin(): { requests: string[]; store: MemoryStore; branch: MemoryBranch } {
  const branch = new MemoryBranch()
  const requests: string[] = []
  return { branch, requests, store: new MemoryStore(branch, { before: (request) => void requests.push(request) }) }
}

const pay = (subject: string, amount: number) => ({ subject, command: { kind: 'pay' as const, amount } })
const group = (idempotencyKey: string, ...parts: Group['parts']): Group => ({ idempotencyKey, parts })

/** Pays into `b` what stands in `a` when its turn comes. */
const payAsMuchAsIn =
  (from: string): Group['parts'][number] =>
  (stateOf) => [pay('b', stateOf(from).paid)]

describe('performGroups', () => {
  it('makes the parts of a group of what the parts and groups before them left', async () => {
    const { store } = begin()
    const { results } = await openLedger(store).performGroups({
      handlers,
      subjects: [],
      groups: [group('one', () => [pay('a', 2)], payAsMuchAsIn('a')), group('two', () => [pay('a', 3)], payAsMuchAsIn('a'))],
    })
    expect(results.map(({ kind, events }) => [kind, events.map(({ subject, data }) => [subject, data])])).toEqual([
      [
        'done',
        [
          ['a', { amount: 2 }],
          ['b', { amount: 2 }],
        ],
      ],
      [
        'done',
        [
          ['a', { amount: 3 }],
          ['b', { amount: 5 }],
        ],
      ],
    ])
    const loaded = await openLedger(store).load({ subjects: ['a', 'b'], idempotencyKeys: [] })
    expect([loaded.getState('a').paid, loaded.getState('b').paid]).toEqual([5, 7])
    expect((await verify(parcels, store)).findings).toEqual([])
  })

  it('reads what parts turn out to ask for, at once, and nothing twice where it is known', async () => {
    const { requests, store } = begin()
    await openLedger(store).perform({ requests: [ask('a', { kind: 'pay', amount: 1 }, 'k')], handlers })
    const ledger = openLedger(store, { run: runOf(2) })
    const loaded = await ledger.load({ subjects: ['a'], idempotencyKeys: [] })
    requests.length = 0
    await ledger.performGroups({ handlers, loaded, subjects: ['a'], groups: [group('one', payAsMuchAsIn('a'), () => [pay('c', 1)])] })
    expect(requests).toEqual(['read', 'commit'])
    requests.length = 0
    await openLedger(store).performGroups({ handlers, subjects: [], groups: [group('two', payAsMuchAsIn('a'))] })
    expect(requests).toEqual(['read', 'read', 'commit'])
  })

  it('records the groups beside one that is refused, and nothing of that one', async () => {
    const { branch, store } = begin()
    const { results } = await openLedger(store).performGroups({
      handlers,
      subjects: [],
      groups: [
        group('one', () => [pay('a', 60)]),
        group('two', () => [pay('b', 1), { subject: 'b', command: { kind: 'send', parcels: ['p'] } }, pay('a', 60)]),
        group('three', () => [pay('a', 40)]),
        group('four', () => ({ rejected: { code: 'no', message: 'no', hint: 'no' } })),
      ],
    })
    expect(results.map(({ kind }) => kind)).toEqual(['done', 'rejected', 'done', 'rejected'])
    expect(handlers.deliveries.size).toBe(0)
    const { events } = await verify(parcels, store)
    expect(events).toBe(2)
    expect([...branch.files.keys()].filter((path) => path.startsWith('receipts/'))).toHaveLength(2)
  })

  it('records in the place of a refused group what that one wants to be remembered', async () => {
    const { store } = begin()
    const refused: Group = {
      ...group('two', () => [pay('a', 101)]),
      refusal: ({ code }) => [{ subject: 'refused', command: { kind: 'note', text: code } }],
    }
    const wanted = { handlers, subjects: [], groups: [refused, group('three', () => [pay('a', 1)])] }
    const first = await openLedger(store).performGroups(wanted)
    expect(first.results).toMatchObject([
      { kind: 'rejected', rejection: { code: 'too-much' }, events: [{ type: 'dispatch.noted' }] },
      { kind: 'done' },
    ])
    const again = await openLedger(store, { run: runOf(2) }).performGroups(wanted)
    expect(again.results).toMatchObject([
      { kind: 'replayed', events: [{ type: 'dispatch.noted', run: { run_id: 1 } }] },
      { kind: 'replayed', events: [{ type: 'dispatch.paid' }] },
    ])
  })

  it('decides a dry run where it stands, and lets nobody see it', async () => {
    const { requests, store } = begin()
    const { results } = await openLedger(store).performGroups({
      handlers,
      subjects: [],
      groups: [
        group('one', () => [pay('a', 2)]),
        { ...group('two', () => [pay('a', 50)], payAsMuchAsIn('a')), isDryRun: true },
        group('three', payAsMuchAsIn('a')),
      ],
    })
    expect(results.map(({ events }) => events.map(({ data }) => data))).toEqual([
      [{ amount: 2 }],
      [{ amount: 50 }, { amount: 52 }],
      [{ amount: 2 }],
    ])
    expect((await verify(parcels, store)).events).toBe(2)
    requests.length = 0
    await openLedger(store).performGroups({
      handlers,
      subjects: ['a'],
      groups: [{ ...group('four', () => [pay('a', 1)]), isDryRun: true }],
    })
    expect(requests).toEqual(['read'])
  })

  it('does a group once however its parts would be made today, and tells all that it did then', async () => {
    const { store } = begin()
    const wanted = { handlers, subjects: [], groups: [group('one', () => [pay('a', 2), pay('c', 1)], payAsMuchAsIn('a'))] }
    await openLedger(store).performGroups(wanted)
    const { results } = await openLedger(store, { run: runOf(2) }).performGroups(wanted)
    expect(results.map(({ kind, events }) => [kind, events.map(({ subject }) => subject)])).toEqual([['replayed', ['a', 'c', 'b']]])
  })

  it('decides anew when somebody was faster', async () => {
    const { store } = begin()
    const ledger = openLedger(store)
    await ledger.perform({ requests: [ask('a', { kind: 'pay', amount: 1 }, 'k1')], handlers })
    const loaded = await ledger.load({ subjects: ['a', 'b'], idempotencyKeys: [] })
    await openLedger(store, { run: runOf(2) }).perform({ requests: [ask('a', { kind: 'pay', amount: 6 }, 'k2')], handlers })
    const { results } = await ledger.performGroups({ handlers, loaded, subjects: ['a'], groups: [group('one', payAsMuchAsIn('a'))] })
    expect(results).toMatchObject([{ kind: 'done', events: [{ data: { amount: 7 } }] }])
  })

  it('carries effects of groups that stand out, and none of those that do not', async () => {
    const { store } = begin()
    const send = (parcel: string) => ({ subject: 's', command: { kind: 'send' as const, parcels: [parcel] } })
    const { outcomes } = await openLedger(store).performGroups({
      handlers,
      subjects: [],
      groups: [
        group('one', () => [send('x')]),
        { ...group('two', () => [send('y')]), isDryRun: true },
        group('three', () => [send('z'), send('x')]),
      ],
    })
    expect(outcomes.map(({ data }) => data)).toMatchObject([{ parcel: 'x' }])
  })
})

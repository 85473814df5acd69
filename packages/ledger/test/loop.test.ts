import { describe, expect, it } from 'vitest'
import { MemoryBranch, MemoryStore } from '../src/memory-store.ts'
import { batchPath, receiptPath, statePath, hashKey } from '../src/paths.ts'
import { verify } from '../src/maintenance.ts'
import { Courier } from './courier.ts'
import { ask, openLedger, runOf } from './fixture.ts'
import { parcels } from './parcels.ts'

function begin(): { branch: MemoryBranch; requests: string[]; store: MemoryStore } {
  const branch = new MemoryBranch()
  const requests: string[] = []
  return { branch, requests, store: new MemoryStore(branch, { before: (request) => void requests.push(request) }) }
}

describe('perform', () => {
  it('lets a decision look at another subject of the transaction, as it stands after the requests before it', async () => {
    const { store } = begin()
    await openLedger(store).perform({ requests: [ask('a', { kind: 'pay', amount: 30 }, 'k1')], handlers: new Courier() })
    const { results, loaded } = await openLedger(store, { run: runOf(2) }).perform({
      requests: [ask('a', { kind: 'pay', amount: 5 }, 'k2'), { ...ask('b', { kind: 'match', other: 'a' }, 'k3'), reads: ['a', 'nobody'] }],
      handlers: new Courier(),
    })
    expect(results.map(({ kind }) => kind)).toEqual(['done', 'done'])
    expect(loaded.getState('b').paid).toBe(35)
    await expect(
      openLedger(store, { run: runOf(3) }).perform({ requests: [ask('b', { kind: 'match', other: 'a' }, 'k4')], handlers: new Courier() }),
    ).rejects.toThrow('was to be looked at')
    const fresh = { ...ask('c', { kind: 'match', other: 'nobody' }, 'k5'), reads: ['nobody'] }
    expect(
      (await openLedger(store, { run: runOf(4) }).perform({ requests: [fresh], handlers: new Courier() })).loaded.getState('c').paid,
    ).toBe(0)
  })

  it('keeps a document for each subject where a view asks for it', async () => {
    const { store } = begin()
    const ledger = openLedger(store)
    await ledger.perform({
      requests: [ask('a', { kind: 'pay', amount: 1 }, 'k1'), ask('b', { kind: 'pay', amount: 1 }, 'k2')],
      handlers: new Courier(),
    })
    await ledger.perform({ requests: [ask('a', { kind: 'pay', amount: 1 }, 'k3')], handlers: new Courier() })
    const loaded = await ledger.load({ subjects: [], idempotencyKeys: [], documents: ['own/a', 'own/b'] })
    expect([loaded.findDocument('own/a'), loaded.findDocument('own/b')]).toEqual([{ 'dispatch.paid': 2 }, { 'dispatch.paid': 1 }])
    expect((await verify(parcels, store)).findings).toEqual([])
  })

  it('begins a branch, records the events, and answers with them and the state', async () => {
    const { branch, store } = begin()
    const { results } = await openLedger(store).perform({
      requests: [ask('a/B', { kind: 'pay', amount: 3 }, 'k1')],
      handlers: new Courier(),
    })
    expect(results).toMatchObject([{ kind: 'done', events: [{ seq: 1, type: 'dispatch.paid', subject: 'a/B' }], state: { paid: 3 } }])
    expect([...branch.files.keys()].sort()).toEqual(
      [
        'ledger.json',
        'open.json',
        statePath('a/B'),
        batchPath('a/B', 0, 1),
        receiptPath(hashKey('k1')),
        'views/log/2026-11.json',
        'views/own/a/_42.json',
        'views/totals.json',
      ].sort(),
    )
  })

  it('costs two requests when nobody else writes', async () => {
    const { requests, store } = begin()
    await openLedger(store).perform({ requests: [ask('a', { kind: 'pay', amount: 3 }, 'k1')], handlers: new Courier() })
    requests.length = 0
    await openLedger(store).perform({
      requests: [ask('a', { kind: 'pay', amount: 3 }, 'k2'), ask('b', { kind: 'pay', amount: 1 }, 'k3')],
      handlers: new Courier(),
    })
    expect(requests).toEqual(['read', 'commit'])
  })

  it('carries effects out after the intents are recorded and before the outcomes are, without reading again', async () => {
    const { branch, requests, store } = begin()
    const courier = new Courier((call) => void requests.push(call))
    const { results, outcomes } = await openLedger(store).perform({
      requests: [ask('a', { kind: 'send', parcels: ['p', 'f'] }, 'k1')],
      handlers: courier,
    })
    expect(requests).toEqual(['read', 'create', 'commit', 'apply', 'apply', 'applied', 'applied', 'commit', 'apply', 'applied', 'commit'])
    expect(results).toMatchObject([{ kind: 'done', state: { parcels: { p: 'delivered', f: 'forward', 'f+': 'delivered' } } }])
    expect(outcomes.map(({ type }) => type)).toEqual(['dispatch.answered', 'dispatch.answered', 'dispatch.sent', 'dispatch.answered'])
    expect(JSON.parse(branch.files.get('open.json') ?? '')).toMatchObject({ intents: {}, next_seq: 13 })
  })

  it('returns what the first one returned when the key was used before', async () => {
    const { requests, store } = begin()
    const request = ask('a', { kind: 'send', parcels: ['p'] }, 'k1')
    const courier = new Courier()
    const first = await openLedger(store).perform({ requests: [request], handlers: courier })
    requests.length = 0
    const second = await openLedger(store).perform({ requests: [request], handlers: courier })
    expect(second.results).toEqual(first.results.map((result) => ({ ...result, kind: 'replayed' })))
    expect(requests).toEqual(['read', 'readAt'])
    expect([...courier.deliveries.values()]).toEqual([1])
  })

  it('writes nothing of a transaction in which one command is rejected, and says which', async () => {
    const { branch, store } = begin()
    const requests = [ask('a', { kind: 'pay', amount: 60 }, 'k1'), ask('a', { kind: 'pay', amount: 60 }, 'k2')]
    const { results } = await openLedger(store).perform({ requests, handlers: new Courier() })
    expect(results).toMatchObject([{ kind: 'withheld' }, { kind: 'rejected', rejection: { code: 'too-much' } }])
    expect(branch.head).toBeUndefined()
  })

  it('writes nothing when nothing was decided', async () => {
    const { branch, store } = begin()
    const { results } = await openLedger(store).perform({ requests: [ask('a', { kind: 'look' }, 'k1')], handlers: new Courier() })
    expect(results).toEqual([{ kind: 'done', events: [], state: { paid: 0, notes: [], parcels: {} } }])
    expect(branch.head).toBeUndefined()
  })

  it('reports an effect that throws, finishes the others, and leaves its intent for recovery', async () => {
    const { store } = begin()
    const courier = new Courier()
    let calls = 0
    const failing = courier.withCalls((call) => {
      if (call === 'apply' && ++calls === 1) throw new Error('no courier today')
    })
    const { results, failures } = await openLedger(store).perform({
      requests: [ask('a', { kind: 'send', parcels: ['p', 'q'] }, 'k1')],
      handlers: failing,
    })
    expect(failures).toMatchObject([{ intent: { effect: { parcel: 'p' } }, error: { message: 'no courier today' } }])
    expect(results).toMatchObject([{ state: { parcels: { p: 'sent', q: 'delivered' } } }])
    const recovered = await openLedger(store, { run: runOf(1, 2) }).recover({ handlers: courier })
    expect(recovered).toMatchObject({ claimed: [{ effect: { parcel: 'p' } }], outcomes: [{ type: 'dispatch.answered' }], failures: [] })
    expect(recovered.loaded.getState('a')).toEqual({ paid: 0, notes: [], parcels: { p: 'delivered', q: 'delivered' } })
  })
})

import { sha256 } from '@switchyard/core'
import { expect, it } from 'vitest'
import type { LedgerStore } from '../src/index.ts'
import { readExport, rebuild, renderExport, verify } from '../src/maintenance.ts'
import { blobPath, hashKey, OPEN_FILE, receiptPath, statePath } from '../src/paths.ts'
import { NOTHING_BESIDE } from '../src/store.ts'
import { Courier } from './courier.ts'
import { ask, openLedger, type ParcelOptions, runOf } from './fixture.ts'
import { parcels } from './parcels.ts'

export interface ContractLab {
  /** The store as a new process sees it, on the same branch. */
  open(): LedgerStore
  readonly ports?: ParcelOptions['ports']
}

/** What every driver of the ledger promises. Each test gets a branch of its own that does not exist yet. */
export function describeStore(begin: () => Promise<ContractLab>): void {
  const openFor = (lab: ContractLab, runId = 1, options: Partial<ParcelOptions> = {}): ReturnType<typeof openLedger> =>
    openLedger(lab.open(), { run: runOf(runId), seed: runId, ...(lab.ports ? { ports: lab.ports } : {}), ...options })

  async function fill(lab: ContractLab): Promise<void> {
    const handlers = new Courier()
    await openFor(lab).perform({
      requests: [ask('A/b', { kind: 'send', parcels: ['p', 'f'] }, 'k1'), ask('c', { kind: 'pay', amount: 5 }, 'k2')],
      handlers,
    })
    await openFor(lab).perform({ requests: [ask('c', { kind: 'cancel', parcel: 'x' }, 'k3')], handlers })
  }

  async function headOf(store: LedgerStore): Promise<string> {
    return (await store.read({ files: [], folders: [] }, NOTHING_BESIDE)).head ?? ''
  }

  async function change(store: LedgerStore, additions: Readonly<Record<string, string>>, deletions: readonly string[] = []): Promise<void> {
    await store.commit({
      expectedHead: await headOf(store),
      additions: new Map(Object.entries(additions)),
      deletions,
      headline: 'by hand',
      body: '',
    })
  }

  it('knows what is there and what is not, at the commit it names', async () => {
    const lab = await begin()
    const nothing = await lab.open().read({ files: ['ledger.json'], folders: ['00'] }, NOTHING_BESIDE)
    expect(nothing).toMatchObject({ head: undefined, files: new Map([['ledger.json', undefined]]), folders: new Map([['00', false]]) })
    await fill(lab)
    const store = lab.open()
    const folder = statePath('A/b').replace('/state.json', '')
    const found = await store.read({ files: ['no/such.json', statePath('c')], folders: [folder, 'no'] }, NOTHING_BESIDE)
    expect([...found.folders]).toEqual([
      [folder, true],
      ['no', false],
    ])
    expect(found.files.get('no/such.json')).toBeUndefined()
    expect(found.files.get(statePath('c'))).toContain('"paid":5')
    const head = found.head ?? ''
    expect([...(await store.readAt(head, [statePath('c'), 'no'])).keys()]).toEqual([statePath('c')])
    expect((await store.listAt(head, folder)).every(({ path, size }) => path.startsWith(folder) && size > 0)).toBe(true)
    expect(await store.historyOf(head, statePath('c'))).toHaveLength(2)
  })

  it("refuses a commit on a head that is not the branch's", async () => {
    const lab = await begin()
    await fill(lab)
    const store = lab.open()
    const head = await headOf(store)
    const additions = new Map([['views/x.json', '1\n']])
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => lab.open().commit({ expectedHead: head, additions, deletions: [], headline: 'x', body: '' })),
    )
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['committed', 'stale', 'stale'])
  })

  it('two runs that begin the branch at once both succeed, on one root', async () => {
    const lab = await begin()
    const handlers = new Courier()
    const work = [1, 2].map((runId) =>
      openFor(lab, runId).perform({ requests: [ask('a', { kind: 'pay', amount: 1 }, `k${runId}`)], handlers }),
    )
    await Promise.all(work)
    const { events, findings } = await verify(parcels, lab.open())
    expect([events, findings]).toEqual([2, []])
    const history = await lab.open().historyOf(await headOf(lab.open()), 'ledger.json')
    expect(history).toHaveLength(1)
  })

  it('verify names every file that differs, and rebuild restores each byte for byte', async () => {
    const lab = await begin()
    await fill(lab)
    const store = lab.open()
    const before = await verify(parcels, store)
    expect(before.findings).toEqual([])
    const paths = [statePath('c'), OPEN_FILE, receiptPath(hashKey('k1')), 'views/totals.json']
    const right = await store.readAt(await headOf(store), paths)
    await change(store, { [statePath('c')]: '{}\n', [OPEN_FILE]: 'x', 'views/left-over.json': '1\n' }, [
      receiptPath(hashKey('k1')),
      'views/totals.json',
    ])
    const { findings } = await verify(parcels, store)
    expect(findings.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual(
      [
        `differs ${OPEN_FILE}`,
        `differs ${statePath('c')}`,
        `missing ${receiptPath(hashKey('k1'))}`,
        'missing views/totals.json',
        'unexpected views/left-over.json',
      ].sort(),
    )
    await rebuild(parcels, store)
    expect(await store.readAt(await headOf(store), paths)).toEqual(right)
    expect((await verify(parcels, store)).findings).toEqual([])
    expect((await rebuild(parcels, store)).written).toEqual([])
  })

  it('refuses to rebuild from events that are not whole', async () => {
    const lab = await begin()
    await fill(lab)
    const store = lab.open()
    const batch = (await store.listAt(await headOf(store))).find(({ path }) => path.endsWith('.jsonl'))?.path ?? ''
    await change(store, {}, [batch])
    expect((await verify(parcels, store)).findings.map(({ kind }) => kind)).toContain('gap')
    await expect(rebuild(parcels, store)).rejects.toMatchObject({ code: 'LEDGER_CORRUPT' })
  })

  it('names path, position and last good commit of a file cut in half, and overwrites nothing', async () => {
    const lab = await begin()
    await fill(lab)
    const store = lab.open()
    const good = await store.historyOf(await headOf(store), statePath('c'))
    await change(store, { [statePath('c')]: '{"batches":2,"fold_ver' })
    const head = await headOf(store)
    const work = openFor(lab).perform({ requests: [ask('c', { kind: 'pay', amount: 1 }, 'k9')], handlers: new Courier() })
    await expect(work).rejects.toMatchObject({
      code: 'LEDGER_CORRUPT',
      place: { file: statePath('c'), line: 1, column: 14 },
      context: { path: statePath('c'), lastGoodCommit: good[0] },
    })
    expect(await headOf(store)).toBe(head)
  })

  it('folds a state anew that was deleted, or folded by an older version', async () => {
    const lab = await begin()
    await fill(lab)
    await change(lab.open(), {}, [statePath('c')])
    const handlers = new Courier()
    const { results } = await openFor(lab).perform({ requests: [ask('c', { kind: 'pay', amount: 1 }, 'k9')], handlers })
    expect(results).toMatchObject([{ kind: 'done', state: { paid: 6, parcels: { x: 'cancelled' } } }])
    const newer = {
      ...parcels,
      foldVersion: 2,
      evolve: (...[state, event]: Parameters<typeof parcels.evolve>) => ({ ...parcels.evolve(state, event), paid: event.seq }),
    }
    const folded = await openFor(lab, 1, { decider: newer }).load({ subjects: ['c'], idempotencyKeys: [] })
    expect(folded.getState('c').paid).toBeGreaterThan(6)
    const { findings } = await verify(parcels, lab.open())
    expect(findings).toEqual([])
  })

  it('keeps large texts beside the events, gives them back whole, and knows one that was changed', async () => {
    const lab = await begin()
    const long = 'ä line of some length\n'.repeat(20_000)
    const ledger = openFor(lab)
    const { loaded } = await ledger.perform({
      requests: [ask('c', { kind: 'note', text: long }, 'n1'), ask('d', { kind: 'note', text: 'short' }, 'n2')],
      handlers: new Courier(),
    })
    const refs = [...loaded.getState('d').notes, ...loaded.getState('c').notes]
    expect(await ledger.readTexts(loaded, refs)).toEqual(['short', long])
    const store = lab.open()
    expect((await verify(parcels, store)).findings.filter(({ severity }) => severity === 'error')).toEqual([])
    const [hash = ''] = loaded.getState('d').notes.flatMap(({ blobs }) => blobs)
    await change(store, { [blobPath(hash)]: 'altered' })
    expect((await verify(parcels, store)).findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { kind: 'text', path: blobPath(hash) },
    ])
    await expect(readExport(store, { texts: true })).rejects.toMatchObject({ code: 'LEDGER_CORRUPT', place: { file: blobPath(hash) } })
    const again = openFor(lab, 2)
    await expect(
      again.readTexts(await again.load({ subjects: [], idempotencyKeys: [] }), loaded.getState('d').notes),
    ).rejects.toMatchObject({
      code: 'LEDGER_CORRUPT',
      place: { file: blobPath(hash) },
    })
  })

  it('makes derived files anew though a text is lost, and leaves the texts as they are', async () => {
    const lab = await begin()
    const { loaded } = await openFor(lab).perform({
      requests: [ask('c', { kind: 'note', text: 'lost' }, 'n1'), ask('d', { kind: 'note', text: 'altered' }, 'n2')],
      handlers: new Courier(),
    })
    const [lost = '', altered = ''] = ['c', 'd']
      .flatMap((subject) => loaded.getState(subject).notes.flatMap(({ blobs }) => blobs))
      .map(blobPath)
    const stray = blobPath('0'.repeat(64))
    const store = lab.open()
    await change(store, { [altered]: 'other', [stray]: 'nobody’s', 'open.json': '{}' }, [lost])
    const found = async () => (await verify(parcels, store)).findings.map(({ kind, path, message }) => `${kind} ${path} ${message}`).sort()
    const texts = [
      `text ${lost} The text is missing`,
      `text ${altered} The text is not the one that its name says`,
      `unknown ${stray} No event names this text`,
    ]
    expect(await found()).toEqual([...texts, 'differs open.json Not what the events give'].sort())
    expect(await rebuild(parcels, store)).toEqual({ written: ['open.json'], deleted: [] })
    expect(await found()).toEqual(texts.toSorted())
    expect(await store.readAt(await headOf(store), [lost, altered, stray])).toEqual(
      new Map([
        [altered, 'other'],
        [stray, 'nobody’s'],
      ]),
    )
  })

  it('exports the texts that events name after the events, each once', async () => {
    const lab = await begin()
    const requests = ['c', 'd'].map((subject) => ask(subject, { kind: 'note', text: 'the same' }, subject))
    await openFor(lab).perform({ requests, handlers: new Courier() })
    const whole = await readExport(lab.open(), { texts: true })
    const lines = renderExport(whole ?? { events: [], texts: new Map() })
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(3)
    expect(lines.at(-1)).toBe(`{"sha256":"${sha256('the same')}","text":"the same"}`)
    expect((await readExport(lab.open(), { texts: false }))?.texts.size).toBe(0)
  })

  it('exports every event, in order', async () => {
    const lab = await begin()
    await fill(lab)
    const text = renderExport((await readExport(lab.open(), { texts: false })) ?? { events: [], texts: new Map() })
    const seqs = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { seq: number }).seq)
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1))
    expect(seqs.length).toBeGreaterThan(10)
  })

  it.each([
    ['of another repository', { repository_id: 424_242 }, 'LEDGER_FOREIGN'],
    ['of another stream', { stream: 'plan' }, 'LEDGER_FOREIGN'],
    ['of a newer format', { format: 2 }, 'LEDGER_TOO_NEW'],
  ])('refuses a ledger %s and writes nothing', async (_, different, code) => {
    const lab = await begin()
    await fill(lab)
    const store = lab.open()
    const ledger: object = JSON.parse((await store.readAt(await headOf(store), ['ledger.json'])).get('ledger.json') ?? '{}')
    await change(store, { 'ledger.json': JSON.stringify({ ...ledger, ...different }) })
    const head = await headOf(store)
    await expect(
      openFor(lab).perform({ requests: [ask('c', { kind: 'pay', amount: 1 }, 'k9')], handlers: new Courier() }),
    ).rejects.toMatchObject({ code })
    await expect(verify(parcels, store)).rejects.toMatchObject({ code })
    await expect(rebuild(parcels, store)).rejects.toMatchObject({ code })
    expect(await headOf(store)).toBe(head)
  })
}

import type { Decider, DomainEvent, Effect, Recorded } from '@switchyard/core'
import { reportCorruption } from './corruption.ts'
import { UnreadableFile } from './errors.ts'
import { emptyFold, type Fold, type RecordParser, stateOf, toRecorded } from './fold.ts'
import { LEDGER_FILE, OPEN_FILE, receiptPath, statePath, subjectFolder, viewPath } from './paths.ts'
import { FORMAT, isEffectRecord, type ReceiptRecord } from './record-types.ts'
import { renderLedger, renderOpen } from './render-records.ts'
import type { Snapshot } from './snapshot.ts'
import type { LedgerStore, Wanted } from './store.ts'

/** A capability's branch: which files a transaction needs, and what they say. Loads the parsers when there is something to parse. */
export class Branch<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  readonly decider: Decider<State, Command, Event, Eff, Answer, Index>
  readonly store: LedgerStore

  constructor(decider: Decider<State, Command, Event, Eff, Answer, Index>, store: LedgerStore) {
    this.decider = decider
    this.store = store
  }

  /** Everything a transaction on these subjects reads, if it is decided at this time (ms). */
  wanted(needs: {
    readonly subjects: readonly string[]
    readonly keys: readonly string[]
    readonly documents?: readonly string[]
    readonly at: number
  }): Wanted {
    const { subjects, keys, at } = needs
    const documents = [...this.documents(at, subjects), ...(needs.documents ?? [])]
    const files = [LEDGER_FILE, OPEN_FILE, ...subjects.map(statePath), ...keys.map(receiptPath), ...documents.map(viewPath)]
    return { files: [...new Set(files)], folders: [...new Set(subjects.map(subjectFolder))] }
  }

  /** Names of the documents that events of this time and these subjects change. */
  documents(at: number, subjects: readonly string[]): string[] {
    const names = this.decider.views.flatMap((view) => subjects.map((subject) => view.document(at, subject)))
    return [...new Set(names)].filter((name) => name !== undefined)
  }

  /** The snapshot's content, parsed; states that are missing or outdated are folded from their events. */
  async open(
    snapshot: Snapshot,
    parts: { readonly subjects: readonly string[]; readonly documents: readonly string[] },
  ): Promise<Fold<State, Index>> {
    return this.#guard(snapshot, async () => {
      const { parseWorkingCopy } = await import('./working-copy.ts')
      const { fold, unfolded } = parseWorkingCopy(this.decider, this.store.place, { snapshot, parts })
      if (unfolded.length > 0 && snapshot.head !== undefined) {
        const { foldSubject } = await import('./fold-subject.ts')
        for (const subject of unfolded) {
          fold.states.set(subject, await foldSubject(this.decider, this.store, { head: snapshot.head, subject }))
        }
      }
      for (const subject of parts.subjects) stateOf(fold, subject, this.decider.initial)
      return fold
    })
  }

  async findReceipt(snapshot: Snapshot, keyHash: string): Promise<ReceiptRecord | undefined> {
    if (snapshot.files.get(receiptPath(keyHash)) === undefined) return undefined
    return this.#guard(snapshot, async () => {
      const { findReceipt } = await import('./working-copy.ts')
      return findReceipt(snapshot, this.store.place, keyHash)
    })
  }

  /** The capability's events in these batches, by the hashed keys of what caused them. */
  async readEvents(head: string, paths: readonly string[]): Promise<ReadonlyMap<string, readonly Recorded<Event>[]>> {
    const texts = await this.store.readAt(head, paths)
    return this.#guard({ head }, async () => {
      const { parseBatch } = await import('./parse-records.ts')
      const records = [...texts].flatMap(([path, text]) => parseBatch({ place: this.store.place, path, text }))
      const own = records.filter((record) => !isEffectRecord(record)).sort((left, right) => left.seq - right.seq)
      return new Map(
        [...Map.groupBy(own, ({ key }) => key)].map(([key, group]) => [key, group.map((record) => toRecorded(this.decider, record))]),
      )
    })
  }

  /** How events are parsed. */
  async recordParser(): Promise<RecordParser> {
    return (await import('./parse-records.ts')).recordParser
  }

  /** The files of a branch without an event. */
  begin(snapshot: Snapshot, at: number): ReadonlyMap<string, string> {
    const ledger = { format: FORMAT, stream: this.decider.stream, repository_id: snapshot.repositoryId, created_at: at } as const
    return new Map([
      [LEDGER_FILE, renderLedger(ledger)],
      [OPEN_FILE, renderOpen(emptyFold(this.decider))],
    ])
  }

  async #guard<T>(snapshot: Pick<Snapshot, 'head'>, parse: () => Promise<T>): Promise<T> {
    try {
      return await parse()
    } catch (error) {
      if (error instanceof UnreadableFile) throw await reportCorruption(this.store, snapshot.head, error)
      throw error
    }
  }
}

import {
  type Actor,
  canonicalJson,
  cutText,
  type Decider,
  type DomainEvent,
  type Effect,
  hashOf,
  isJsonObject,
  type RunRef,
} from '@switchyard/core'
import { bug } from './errors.ts'
import { copyFold, type Fold, type FoldedState, foldEvent, type RecordParser, stateOf } from './fold.ts'
import { batchPath, blobPath, OPEN_FILE, receiptPath, statePath, viewPath } from './paths.ts'
import { type EffectRecordType, type EventRecord, SCHEMA_VERSION } from './record-types.ts'
import { checkSize, renderBatches, renderDocument, renderOpen, renderReceipt, renderState } from './render-records.ts'

/** What caused an event. */
export interface Cause {
  readonly subject: string
  /** The hashed idempotency key. */
  readonly key: string
  readonly actor: Actor
  readonly correlationId: string
}

export interface DraftOptions {
  readonly at: number
  readonly run: RunRef
  readonly transaction: string
}

/**
 * The commit that is being decided: takes events, keeps the fold up to date with each, and says in the end which files of the
 * branch change. Every event is read back as it will be read from the branch before it is folded, so that a state never depends on
 * something that was not recorded.
 */
export class Draft<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  readonly records: EventRecord[] = []
  readonly #decider: Decider<State, Command, Event, Eff, Answer, Index>
  readonly #parser: RecordParser
  #fold: Fold<State, Index>
  readonly #options: DraftOptions
  readonly #documentsBefore: ReadonlyMap<string, unknown>
  #countByKey = new Map<string, number>()
  #texts = new Map<string, string>()

  constructor(
    decider: Decider<State, Command, Event, Eff, Answer, Index>,
    parser: RecordParser,
    start: { readonly fold: Fold<State, Index>; readonly options: DraftOptions },
  ) {
    this.#decider = decider
    this.#parser = parser
    this.#fold = start.fold
    this.#options = start.options
    this.#documentsBefore = new Map(start.fold.documents)
  }

  get fold(): Fold<State, Index> {
    return this.#fold
  }

  /** Remembers what is there. Returns what takes back all that is added from here on. */
  mark(): () => void {
    const [fold, counts, texts, { length }] = [copyFold(this.#fold), new Map(this.#countByKey), new Map(this.#texts), this.records]
    return () => {
      this.#fold = fold
      this.#countByKey = counts
      this.#texts = texts
      this.records.length = length
    }
  }

  /** Records one of the capability's events. */
  addEvent(event: DomainEvent, cause: Cause): EventRecord {
    if (!event.type.startsWith(`${this.#decider.stream}.`)) throw bug(`${event.type} is no event of the stream ${this.#decider.stream}`)
    return this.#add(event, cause)
  }

  /** Records one step of an effect's life. */
  addEffectEvent(type: EffectRecordType, data: unknown, cause: Cause): EventRecord {
    return this.#add({ type, data }, cause)
  }

  /** Keeps texts that events of this draft name by their hash. */
  addTexts(texts: readonly string[]): void {
    for (const text of texts) for (const [hash, piece] of cutText(text)) this.#texts.set(blobPath(hash), piece)
  }

  #add(event: { readonly type: string; readonly data: unknown }, cause: Cause): EventRecord {
    const index = this.#countByKey.get(cause.key) ?? 0
    this.#countByKey.set(cause.key, index + 1)
    const { at, run, transaction } = this.#options
    const record = this.#readBack({
      id: hashOf([cause.key, index]).slice(0, 32),
      seq: this.#fold.nextSeq,
      stream: this.#decider.stream,
      subject: cause.subject,
      type: event.type,
      at,
      actor: cause.actor,
      run,
      correlation_id: cause.correlationId,
      schema_version: SCHEMA_VERSION,
      key: cause.key,
      transaction,
      data: event.data,
    })
    foldEvent(this.#decider, this.#parser, { fold: this.#fold, record })
    this.records.push(record)
    return record
  }

  #readBack(record: EventRecord): EventRecord {
    try {
      return this.#parser.event(JSON.parse(canonicalJson(record)))
    } catch (error) {
      throw bug(`The event ${record.type} could not be read again`, error)
    }
  }

  #renderState(subject: string, folded: FoldedState<State>): string {
    const text = renderState(this.#decider, subject, folded)
    try {
      const record: unknown = JSON.parse(text)
      this.#decider.parse.state(isJsonObject(record) ? record['state'] : undefined)
    } catch (error) {
      throw bug(`The state of ${subject} could not be read again`, error)
    }
    return text
  }

  /** The texts of all files that the commit writes, by path. Empty when nothing was recorded. */
  renderFiles(): Map<string, string> {
    const files = new Map<string, string>()
    if (this.records.length === 0) return files
    for (const [path, text] of this.#texts) files.set(path, text)
    const filesByKey = new Map<string, { seq: number; path: string }[]>()
    for (const [subject, records] of Map.groupBy(this.records, (record) => record.subject)) {
      const folded = stateOf(this.#fold, subject, this.#decider.initial)
      for (const batch of renderBatches(records)) {
        const path = batchPath(subject, folded.batches, batch.seq)
        folded.batches += 1
        files.set(path, batch.text)
        for (const key of batch.keys) filesByKey.set(key, [...(filesByKey.get(key) ?? []), { seq: batch.seq, path }])
      }
      files.set(statePath(subject), this.#renderState(subject, folded))
    }
    for (const [key, written] of filesByKey) {
      const seq = this.records.find((record) => record.key === key)?.seq ?? 0
      const paths = written.sort((left, right) => left.seq - right.seq).map(({ path }) => path)
      files.set(receiptPath(key), renderReceipt({ seq, transaction: this.#options.transaction, files: paths }))
    }
    for (const [name, document] of this.#fold.documents) {
      if (this.#documentsBefore.get(name) !== document) files.set(viewPath(name), renderDocument(document))
    }
    files.set(OPEN_FILE, renderOpen(this.#fold))
    for (const [path, text] of files) checkSize(path, text)
    return files
  }
}

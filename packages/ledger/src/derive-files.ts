import type { Decider, DomainEvent, Effect } from '@switchyard/core'
import { emptyFold, foldEvent, stateOf } from './fold.ts'
import { recordParser } from './parse-records.ts'
import { batchPath, OPEN_FILE, receiptPath, statePath, viewPath } from './paths.ts'
import type { EventRecord } from './record-types.ts'
import { renderDocument, renderOpen, renderReceipt, renderState } from './render-records.ts'

/** A batch file as it was read. */
export interface Batch {
  readonly path: string
  readonly records: readonly EventRecord[]
}

/** Something wrong with the events themselves: nothing can be derived from them that is known to be right. */
export interface EventFault {
  readonly kind: 'gap' | 'duplicate' | 'misplaced' | 'inconsistent'
  readonly path: string
  readonly message: string
}

export interface Derived {
  /** Texts of all files that follow from the events, by path. */
  readonly files: ReadonlyMap<string, string>
  readonly faults: readonly EventFault[]
}

/** States, views, open intents, index and receipts, made from nothing but the events: byte for byte what the loop wrote beside them. */
export function deriveFiles<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
  batches: readonly Batch[],
): Derived {
  const sorted = batches.toSorted((left, right) => firstSeq(left) - firstSeq(right))
  const faults = [...findSequenceFaults(sorted), ...findMisplaced(sorted)]
  const fold = emptyFold<State, Index>(decider)
  const placed = sorted
    .flatMap(({ path, records }) => records.map((record) => ({ path, record })))
    .sort((left, right) => left.record.seq - right.record.seq)
  for (const { path, record } of placed) {
    try {
      foldEvent(decider, recordParser, { fold, record })
    } catch (error) {
      faults.push({ kind: 'inconsistent', path, message: `Event ${record.seq}: ${error instanceof Error ? error.message : String(error)}` })
    }
  }
  for (const { records } of sorted) {
    const subject = records[0]?.subject
    if (subject !== undefined) stateOf(fold, subject, decider.initial).batches += 1
  }
  const files = new Map<string, string>([[OPEN_FILE, renderOpen(fold)], ...deriveReceipts(sorted)])
  for (const [subject, folded] of fold.states) files.set(statePath(subject), renderState(decider, subject, folded))
  for (const [name, document] of fold.documents) files.set(viewPath(name), renderDocument(document))
  return { files, faults }
}

function firstSeq(batch: Batch): number {
  return batch.records[0]?.seq ?? 0
}

function deriveReceipts(sorted: readonly Batch[]): [string, string][] {
  const byKey = new Map<string, { seq: number; transaction: string; files: string[] }>()
  for (const { path, records } of sorted) {
    for (const record of records) {
      const receipt = byKey.get(record.key) ?? { seq: record.seq, transaction: record.transaction, files: [] }
      receipt.seq = Math.min(receipt.seq, record.seq)
      if (!receipt.files.includes(path)) receipt.files.push(path)
      byKey.set(record.key, receipt)
    }
  }
  return [...byKey].map(([key, receipt]) => [receiptPath(key), renderReceipt(receipt)])
}

/** Numbers begin at 1 and none is missing or there twice; no event is there twice under two numbers. */
function findSequenceFaults(sorted: readonly Batch[]): EventFault[] {
  const faults: EventFault[] = []
  const placed = sorted
    .flatMap(({ path, records }) => records.map(({ seq, id }) => ({ path, seq, id })))
    .sort((left, right) => left.seq - right.seq)
  const ids = new Set<string>()
  let last = 0
  for (const { path, seq, id } of placed) {
    if (seq === last) faults.push({ kind: 'duplicate', path, message: `There are two events with the number ${seq}` })
    else if (seq > last + 1) faults.push({ kind: 'gap', path, message: `Before event ${seq}, the events from ${last + 1} on are missing` })
    if (ids.has(id)) faults.push({ kind: 'duplicate', path, message: `Event ${seq} was recorded before, under the same id` })
    ids.add(id)
    last = seq
  }
  return faults
}

/** A batch lies where its subject, its place among the subject's batches and its first number say. */
function findMisplaced(sorted: readonly Batch[]): EventFault[] {
  const counts = new Map<string, number>()
  return sorted.flatMap((batch): EventFault[] => {
    const { path, records } = batch
    const subject = records[0]?.subject
    if (subject === undefined) return [{ kind: 'misplaced', path, message: 'The batch is empty' }]
    const count = counts.get(subject) ?? 0
    counts.set(subject, count + 1)
    if (records.some((record) => record.subject !== subject)) {
      return [{ kind: 'misplaced', path, message: 'The batch holds events of several subjects' }]
    }
    const right = batchPath(subject, count, firstSeq(batch))
    return path === right ? [] : [{ kind: 'misplaced', path, message: `The batch belongs at ${right}` }]
  })
}

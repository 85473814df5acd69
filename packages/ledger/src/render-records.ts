import { canonicalJson, type Decider, type DomainEvent, type Effect, type Json } from '@switchyard/core'
import { tooLargeError } from './errors.ts'
import type { Fold, FoldedState } from './fold.ts'
import { type EventRecord, FORMAT, type LedgerRecord, type OpenRecord, type ReceiptRecord, type StateRecord } from './record-types.ts'

/** Batches are cut here, so that one file stays small to read and to diff. Bytes. */
export const BATCH_BYTES = 100_000
/** GitHub cuts a blob's text at 512,000 bytes: what is larger could never be read again. */
export const MAX_FILE_BYTES = 500_000

/** A record's one spelling: the same value gives the same bytes, so that what was rebuilt can be compared. */
function renderRecord(record: unknown): string {
  return `${canonicalJson(record)}\n`
}

export function renderLedger(record: LedgerRecord): string {
  return renderRecord(record)
}

export function renderOpen<State, Index>(fold: Fold<State, Index>): string {
  const record: OpenRecord = { format: FORMAT, next_seq: fold.nextSeq, intents: Object.fromEntries(fold.intents), index: fold.index }
  return renderRecord(record)
}

export function renderState<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
  subject: string,
  folded: FoldedState<State>,
): string {
  const { seq, batches, state } = folded
  const record: StateRecord = { format: FORMAT, subject, fold_version: decider.foldVersion, seq, batches, state }
  return renderRecord(record)
}

export function renderReceipt(receipt: Omit<ReceiptRecord, 'format'>): string {
  return renderRecord({ format: FORMAT, ...receipt } satisfies ReceiptRecord)
}

export function renderDocument(document: Json): string {
  return renderRecord(document)
}

/** Events as the texts of as many batch files as their size asks for, each with the number of its first event. */
export function renderBatches(records: readonly EventRecord[]): { readonly seq: number; readonly keys: ReadonlySet<string>; readonly text: string }[] {
  const batches: { seq: number; keys: Set<string>; text: string; bytes: number }[] = []
  for (const record of records) {
    const line = renderRecord(record)
    const bytes = byteLength(line)
    const last = batches.at(-1)
    if (last && last.bytes + bytes <= BATCH_BYTES) {
      last.text += line
      last.bytes += bytes
      last.keys.add(record.key)
    } else batches.push({ seq: record.seq, keys: new Set([record.key]), text: line, bytes })
  }
  return batches
}

/** @throws {UserError} LEDGER_TOO_LARGE for a file that GitHub would not give back whole. */
export function checkSize(path: string, text: string): void {
  const bytes = byteLength(text)
  if (bytes > MAX_FILE_BYTES) throw tooLargeError(path, bytes, MAX_FILE_BYTES)
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

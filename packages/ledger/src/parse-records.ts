import type { Json } from '@switchyard/core'
import { z } from 'zod'
import { tooNewError, UnreadableFile } from './errors.ts'
import type { EffectRecordParser } from './fold.ts'
import { locateJsonFault } from './json-fault.ts'
import { classifyPath } from './paths.ts'
import { type EventRecord, FORMAT, type LedgerRecord, type OpenRecord, type ReceiptRecord, SCHEMA_VERSION, type StateRecord } from './record-types.ts'
import * as schemas from './records.ts'
import type { LedgerPlace } from './store.ts'

/** A file's text and where it was read. */
export interface RecordText {
  readonly place: LedgerPlace
  readonly path: string
  readonly text: string
}

export const effectRecordParser: EffectRecordParser = {
  intended: (data) => schemas.intendedData.parse(data),
  claimed: (data) => schemas.claimedData.parse(data),
  settled: (data) => schemas.settledData.parse(data),
}

export function parseLedger(source: RecordText): LedgerRecord {
  return parseRecord(source, { schema: schemas.ledgerRecord, version: 'format' })
}

export function parseOpen(source: RecordText): OpenRecord {
  return parseRecord(source, { schema: schemas.openRecord, version: 'format' })
}

export function parseState(source: RecordText): StateRecord {
  return parseRecord(source, { schema: schemas.stateRecord, version: 'format' })
}

export function parseReceipt(source: RecordText): ReceiptRecord {
  return parseRecord(source, { schema: schemas.receiptRecord, version: 'format' })
}

/** The events of a batch, in the file's order. */
export function parseBatch(source: RecordText): EventRecord[] {
  const lines = source.text.split('\n')
  if (lines.pop() !== '') throw unreadable(source, { line: lines.length + 1, column: 1 }, new Error('The last line has no end'))
  return lines.map((text, index) => parseRecord({ ...source, text }, { schema: schemas.eventRecord, version: 'schema_version', line: index + 1 }))
}

export function parseJson(source: RecordText, line = 1): Json {
  try {
    const value: Json = JSON.parse(source.text)
    return value
  } catch (cause) {
    const position = locateJsonFault(source.text)
    throw unreadable(source, { line: position.line + line - 1, column: position.column }, cause)
  }
}

/** Runs a decider's own parser over what a file holds, so that its refusal names the file. */
export function parseWith<T>(source: RecordText, parse: (value: unknown) => T, value: unknown): T {
  try {
    return parse(value)
  } catch (cause) {
    throw unreadable(source, { line: 1, column: 1 }, cause)
  }
}

interface Shape<T> {
  readonly schema: z.ZodType<T>
  readonly version: 'format' | 'schema_version'
  readonly line?: number
}

function parseRecord<T>(source: RecordText, { schema, version, line = 1 }: Shape<T>): T {
  const value = parseJson(source, line)
  const known = version === 'format' ? FORMAT : SCHEMA_VERSION
  const found = typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, version)?.value : undefined
  if (typeof found === 'number' && found > known) throw tooNewError(source.place, source.path, found, known)
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw unreadable(source, { line, column: 1 }, new Error(z.prettifyError(parsed.error)))
}

function unreadable(source: RecordText, position: { line: number; column: number }, cause: unknown): UnreadableFile {
  const kind = classifyPath(source.path)
  const isDerived = kind === 'state' || kind === 'open' || kind === 'view' || kind === 'receipt'
  const why = cause instanceof Error ? cause.message : String(cause)
  return new UnreadableFile(why, { path: source.path, ...position, isDerived }, cause)
}

import type { Decider, DomainEvent, Effect } from '@switchyard/core'
import { checkOwner } from './check-owner.ts'
import { foreignError, tooNewError, UnreadableFile } from './errors.ts'
import { emptyFold, type Fold, type FoldedState } from './fold.ts'
import { parseJson, parseLedger, parseOpen, parseReceipt, parseState, parseWith, type RecordText } from './parse-records.ts'
import { LEDGER_FILE, OPEN_FILE, receiptPath, statePath, subjectFolder, viewPath } from './paths.ts'
import type { ReceiptRecord } from './record-types.ts'
import type { Snapshot } from './snapshot.ts'
import type { LedgerPlace } from './store.ts'

type AnyDecider<State, Index> = Pick<
  Decider<State, never, DomainEvent, Effect, never, Index>,
  'stream' | 'foldVersion' | 'initial' | 'index'
> & {
  readonly parse: { readonly state: (value: unknown) => State; readonly index: (value: unknown) => Index }
}

export interface Parts {
  readonly subjects: readonly string[]
  /** Names of views' open documents. */
  readonly documents: readonly string[]
}

export interface WorkingCopy<State, Index> {
  readonly fold: Fold<State, Index>
  /** Subjects whose state is missing or was folded by an older version: to be folded from their events. */
  readonly unfolded: readonly string[]
}

/**
 * A snapshot as the values that are decided on.
 *
 * @throws {UserError} LEDGER_FOREIGN, LEDGER_TOO_NEW. @throws {UnreadableFile} for what does not parse.
 */
export function parseWorkingCopy<State, Index>(
  decider: AnyDecider<State, Index>,
  place: LedgerPlace,
  from: { readonly snapshot: Snapshot; readonly parts: Parts },
): WorkingCopy<State, Index> {
  const { snapshot, parts } = from
  const fold = emptyFold<State, Index>(decider)
  if (snapshot.head === undefined) return { fold, unfolded: [] }
  const ledger = findSource(snapshot, place, LEDGER_FILE)
  if (!ledger) throw foreignError(place, 'holds no ledger', 'Choose another `ledger-branch`: this one was made for something else.')
  checkOwner(place, { ledger: parseLedger(ledger), repositoryId: snapshot.repositoryId, stream: decider.stream })
  readOpen(decider, fold, sourceOf(snapshot, place, OPEN_FILE))
  const unfolded: string[] = []
  for (const subject of parts.subjects) {
    const state = readState(decider, { place, snapshot, subject })
    if (state === 'unfolded') unfolded.push(subject)
    else if (state) fold.states.set(subject, state)
  }
  for (const name of parts.documents) {
    const source = findSource(snapshot, place, viewPath(name))
    if (source) fold.documents.set(name, parseJson(source))
  }
  return { fold, unfolded }
}

function readOpen<State, Index>(decider: AnyDecider<State, Index>, fold: Fold<State, Index>, source: RecordText): void {
  const open = parseOpen(source)
  fold.nextSeq = open.next_seq
  for (const [id, intent] of Object.entries(open.intents)) fold.intents.set(id, intent)
  fold.index = parseWith(source, decider.parse.index, open.index)
}

function readState<State>(
  decider: AnyDecider<State, unknown>,
  { place, snapshot, subject }: { place: LedgerPlace; snapshot: Snapshot; subject: string },
): FoldedState<State> | 'unfolded' | undefined {
  const path = statePath(subject)
  const source = findSource(snapshot, place, path)
  if (!source) return snapshot.folders.get(subjectFolder(subject)) ? 'unfolded' : undefined
  const record = parseState(source)
  if (record.fold_version > decider.foldVersion) throw tooNewError(place, path, { found: record.fold_version, known: decider.foldVersion })
  if (record.fold_version < decider.foldVersion) return 'unfolded'
  return { state: parseWith(source, decider.parse.state, record.state), seq: record.seq, batches: record.batches }
}

/** A key's receipt, if it is there. */
export function findReceipt(snapshot: Snapshot, place: LedgerPlace, keyHash: string): ReceiptRecord | undefined {
  const source = findSource(snapshot, place, receiptPath(keyHash))
  return source && parseReceipt(source)
}

function findSource(snapshot: Snapshot, place: LedgerPlace, path: string): RecordText | undefined {
  const text = snapshot.files.get(path)
  return text === undefined ? undefined : { place, path, text }
}

function sourceOf(snapshot: Snapshot, place: LedgerPlace, path: string): RecordText {
  const source = findSource(snapshot, place, path)
  if (source) return source
  throw new UnreadableFile('The file is missing', { path, line: 1, column: 1, isDerived: true }, undefined)
}

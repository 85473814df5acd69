import { UserError } from '@switchyard/core'
import { readArchive } from './archive.ts'
import { reportCorruption } from './corruption.ts'
import { UnreadableFile } from './errors.ts'
import { parseOpen } from './parse-records.ts'
import { OPEN_FILE } from './paths.ts'
import type { EventRecord, IntentRecord } from './record-types.ts'
import type { LedgerStore } from './store.ts'

/** Every event of a branch at one commit, in the order of the ledger. */
export interface EventLog {
  readonly head: string
  readonly events: readonly EventRecord[]
}

/**
 * Reads every event of a branch; undefined when there is no branch.
 *
 * @throws {UserError} LEDGER_CORRUPT when a batch does not parse: it is all of them or none.
 */
export async function readEvents(store: LedgerStore): Promise<EventLog | undefined> {
  const archive = await readArchive(store)
  if (archive === undefined) return undefined
  const [fault] = archive.unreadable
  if (fault) {
    throw new UserError('LEDGER_CORRUPT', `${fault.path} does not parse: ${fault.message}`, {
      hint: 'Restore the file from the last good commit of the branch, then export again.',
      place: { file: fault.path, line: fault.line, column: fault.column },
    })
  }
  const events = archive.batches.flatMap((batch) => batch.records).sort((left, right) => left.seq - right.seq)
  return { head: archive.head, events }
}

/**
 * The intents that `open.json` names at a commit, by their ids: what recovery would look at.
 *
 * @throws {UserError} LEDGER_CORRUPT when the file is not there or does not parse.
 */
export async function readIntents(store: LedgerStore, head: string): Promise<ReadonlyMap<string, IntentRecord>> {
  const { place } = store
  const text = (await store.readAt(head, [OPEN_FILE])).get(OPEN_FILE) ?? ''
  try {
    return new Map(Object.entries(parseOpen({ place, path: OPEN_FILE, text }).intents))
  } catch (error) {
    if (error instanceof UnreadableFile) throw await reportCorruption(store, head, error)
    throw error
  }
}

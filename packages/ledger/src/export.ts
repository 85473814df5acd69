import { canonicalJson } from '@switchyard/core'
import { readEvents } from './read-events.ts'
import type { LedgerStore } from './store.ts'

/**
 * Every event of a branch as JSON Lines, in the order of the ledger.
 *
 * @throws {UserError} LEDGER_CORRUPT before the first line when a batch does not parse: an export is whole or none.
 */
export async function* exportEvents(store: LedgerStore): AsyncGenerator<string, void, void> {
  const log = await readEvents(store)
  for (const record of log?.events ?? []) yield `${canonicalJson(record)}\n`
}

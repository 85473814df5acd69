import { canonicalJson, UserError } from '@switchyard/core'
import { readArchive } from './archive.ts'
import type { LedgerStore } from './store.ts'

/**
 * Every event of a branch as JSON Lines, in the order of the ledger.
 *
 * @throws {UserError} LEDGER_CORRUPT before the first line when a batch does not parse: an export is whole or none.
 */
export async function* exportEvents(store: LedgerStore): AsyncGenerator<string, void, void> {
  const archive = await readArchive(store)
  const [fault] = archive?.unreadable ?? []
  if (fault) {
    throw new UserError('LEDGER_CORRUPT', `${fault.path} does not parse: ${fault.message}`, {
      hint: 'Restore the file from the last good commit of the branch, then export again.',
      place: { file: fault.path, line: fault.line, column: fault.column },
    })
  }
  const records = archive?.batches.flatMap((batch) => batch.records) ?? []
  for (const record of records.sort((left, right) => left.seq - right.seq)) yield `${canonicalJson(record)}\n`
}

import type { ReasonCodeOf } from '@switchyard/core'
import { LEDGER_REASONS, type LedgerCode } from '@switchyard/ledger'

/** Maintenance says some in its own words: it reads all events of any stream, and writes whole files. */
const OF_LEDGER = {
  ...LEDGER_REASONS,
  'ledger-corrupt': 'Events do not parse; the message names the file.',
  'ledger-forbidden': 'The token may not read or write the ledger.',
  'ledger-foreign': 'The branch holds the ledger of another repository or stream, or none.',
  'ledger-too-large': 'A file would be larger than GitHub hands out again.',
  'ledger-too-new': 'The ledger was written by a newer version of Switchyard.',
} as const satisfies Record<ReasonCodeOf<LedgerCode>, string>

/** Every reason this action ends with, beside those that all actions share. */
export const REASON_CODES = {
  clean: 'Every derived file is what the events give.',
  'findings-found': 'A derived file differs, or the events are not whole; each is named.',
  rebuilt: 'Derived files were made anew.',
  'nothing-to-rebuild': 'Every derived file was right already.',
  exported: 'The events were written to `export-path`.',
  'no-ledger': 'There is no such branch.',
  'export-path-outside': 'The `export-path` leads out of the workspace.',
  'export-not-writable': 'The file of `export-path` cannot be written; the message has the system’s code.',
  ...OF_LEDGER,
} as const

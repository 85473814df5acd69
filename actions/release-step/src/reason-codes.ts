import type { ReasonCodeOf } from '@switchyard/action'
import type { LedgerCode } from '@switchyard/ledger'
import type { RejectionCode } from '@switchyard/releasing'

const LEDGER_REASONS = {
  'ledger-busy': 'Others wrote to the ledger at every try. Run it again.',
  'ledger-corrupt': 'A file of the ledger was changed by hand and does not parse; the message names it.',
  'ledger-empty-repository': 'The ledger’s repository has no commit yet.',
  'ledger-forbidden': 'The token may not write the ledger; the message names the permission.',
  'ledger-foreign': 'The branch holds the ledger of another repository, or none.',
  'ledger-protected': 'A ruleset forbids commits on the ledger’s branch; the message names the exclusion.',
  'ledger-public': 'A public ledger would keep what a private repository’s releases are.',
  'ledger-too-large': 'A record would be larger than GitHub hands out again.',
  'ledger-too-new': 'The ledger was written by a newer version of the action.',
} as const satisfies Record<ReasonCodeOf<LedgerCode>, string>

const REJECTION_REASONS = {
  'not-draft': 'Only a draft is activated.',
  'not-active': 'Only an active release is worked off.',
  'already-archived': 'The release is archived.',
  'no-customers': 'No customer was chosen.',
  'all-customers-in': 'All chosen customers are in the release.',
  'customer-not-in-release': 'The customer is not in the release.',
  'unknown-step': 'The customer has no such step.',
  'wrong-status': 'The step’s status does not allow it.',
  'reason-needed': 'A skipped step needs a reason.',
  'text-too-long': 'Notes and reasons have 1,000 characters at most, names of steps 160, and contents 65,536 bytes.',
  'already-done': 'The step is done, and its content is what was carried out.',
  'no-template': 'No template stands behind the step.',
  'not-custom': 'The step comes from the release’s file.',
  'unknown-anchor': 'The step to stand beside is not there.',
  'reserved-step': 'A step of the release’s file has an id that is kept for others.',
} as const satisfies Record<ReasonCodeOf<RejectionCode>, string>

/** Every reason this action ends with, beside those that all actions share. */
export const REASON_CODES = {
  commanded: 'Every command was carried out.',
  'nothing-changed': 'Everything asked for was so already.',
  'commands-refused': 'A command was not understood or not allowed; the answer names it.',
  shown: 'What was asked for was shown.',
  'dry-run': 'What would change was shown; nothing changed.',
  'not-for-us': 'The event asks for nothing of ours.',
  'nothing-new': 'Every command of the issue was handled before.',
  'inventory-not-found': 'There is no inventory at `inventory-path`.',
  'inventory-invalid': 'The inventory has faults; each is annotated on its line.',
  'release-not-found': 'There is no such release.',
  'release-invalid': 'The release’s file has faults; each is annotated on its line.',
  'config-invalid': '`.github/switchyard.yml` has faults; nobody may command anything until they are mended.',
  'request-invalid': 'What was asked for is not complete.',
  exported: 'The matrix was written to `csv-path`.',
  'files-sound': 'Inventory, releases and rules have no fault.',
  'files-faulty': 'Inventory, releases or rules have faults; each is annotated on its line.',
  'not-allowed': 'Whoever asked may not do this; the message names the role that may.',
  'csv-not-found': 'The default branch has no file at `csv-path`.',
  'csv-invalid': 'The matrix has faults; each is annotated on its line. Nothing was imported.',
  'export-path-outside': 'The `csv-path` leads out of the workspace.',
  'export-not-writable': 'The file of `csv-path` cannot be written; the message has the system’s code.',
  'issue-not-found': 'The issue does not exist, or the token cannot see it.',
  ...REJECTION_REASONS,
  ...LEDGER_REASONS,
} as const

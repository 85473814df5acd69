import type { ReasonCodeOf } from '@switchyard/core'
import type { LedgerCode } from './errors.ts'

/** What the reasons mean with which a step ends by the ledger's errors. A door may say one in words of its own. */
export const LEDGER_REASONS = {
  'ledger-busy': 'Others wrote to the ledger at every try. Run it again.',
  'ledger-corrupt': 'A file of the ledger was changed by hand and does not parse; the message names it.',
  'ledger-empty-repository': 'The ledger’s repository has no commit yet.',
  'ledger-forbidden': 'The token may not write the ledger; the message names the permission.',
  'ledger-foreign': 'The branch holds the ledger of another repository, or none.',
  'ledger-protected': 'A ruleset forbids commits on the ledger’s branch; the message names the exclusion.',
  'ledger-public': 'A public ledger would tell about private repositories.',
  'ledger-too-large': 'A record would be larger than GitHub hands out again.',
  'ledger-too-new': 'The ledger was written by a newer version of the action.',
} as const satisfies Record<ReasonCodeOf<LedgerCode>, string>

import { UserError } from '@switchyard/core'
import type { LedgerPlace } from './store.ts'

export interface VisibilityQuestion {
  readonly place: LedgerPlace
  readonly isLedgerPublic: boolean
  /** Full names of repositories that not everybody may see. */
  readonly privateTargets: readonly string[]
  /** The user said that this is what they want. */
  readonly isAllowed: boolean
}

/** @throws {UserError} LEDGER_PUBLIC when a public branch would tell about private repositories. */
export function refusePublicLedger({ place, isLedgerPublic, privateTargets, isAllowed }: VisibilityQuestion): void {
  if (!isLedgerPublic || isAllowed || privateTargets.length === 0) return
  // The targets' names are the very thing that must not come out: the error counts them.
  throw new UserError(
    'LEDGER_PUBLIC',
    `The ledger in ${place.repository} is public, and ${privateTargets.length} of the repositories it would tell about are not`,
    {
      hint: 'Keep the ledger in a private repository (`ledger-repository`), or allow it on purpose (`allow-public-ledger: true`).',
      context: { privateTargets: privateTargets.length },
    },
  )
}

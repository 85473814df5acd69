import { UserError } from '@switchyard/core'
import { refusePublicLedger } from '@switchyard/ledger'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'

/** @throws {UserError} `LEDGER_PUBLIC` where everybody would read of repositories that are private: in the ledger, or on this repository's pages. */
export function refusePublic(
  { given: { inputs, context }, ledger }: Door,
  { control, loaded }: Pick<Observation, 'control' | 'loaded'>,
  privateTargets: readonly string[],
): void {
  const { fullName } = context.repository
  refusePublicLedger({
    place: ledger.place,
    isLedgerPublic: loaded.isPublic,
    privateTargets,
    isAllowed: inputs.allowPublicLedger,
  })
  if (control.visibility !== 'public' || inputs.allowPublicLedger || privateTargets.length === 0) return
  // A ledger elsewhere may be private; issues, logs and summaries are not. What must not come out is counted, not named.
  throw new UserError(
    'LEDGER_PUBLIC',
    `${fullName} is public, and so are its issues and logs; ${privateTargets.length} of the repositories that they would tell about are not`,
    {
      hint: 'Run it in a private repository, or allow it on purpose (`allow-public-ledger: true`).',
      context: { privateTargets: privateTargets.length },
    },
  )
}

import { refusePublicLedger } from '@switchyard/ledger'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'

/** @throws {UserError} `LEDGER_PUBLIC` where a public ledger would keep what a private repository's plans are. */
export function refusePublic({ given: { inputs, context } }: Door, { control, loaded }: Pick<Observation, 'control' | 'loaded'>): void {
  refusePublicLedger({
    place: { repository: inputs.ledgerRepository ?? context.repository.fullName, branch: inputs.ledgerBranch },
    isLedgerPublic: loaded.isPublic,
    privateTargets: control.visibility === 'public' ? [] : [context.repository.fullName],
    isAllowed: inputs.allowPublicLedger,
  })
}

import type { RepositoryFacts } from '@switchyard/github/operations'
import { refusePublicLedger } from '@switchyard/ledger'
import type { Door, ReleaseLoaded } from './door.ts'

/** @throws {UserError} `LEDGER_PUBLIC` where everybody would read what a private repository's releases are. */
export function refusePublic(
  { given: { inputs, context }, ledger }: Pick<Door, 'given' | 'ledger'>,
  { loaded, control }: { readonly loaded: Pick<ReleaseLoaded, 'isPublic'>; readonly control: Pick<RepositoryFacts, 'visibility'> },
): void {
  const { fullName } = context.repository
  refusePublicLedger({
    place: ledger.place,
    isLedgerPublic: loaded.isPublic,
    privateTargets: control.visibility === 'public' ? [] : [fullName],
    isAllowed: inputs.allowPublicLedger,
  })
}

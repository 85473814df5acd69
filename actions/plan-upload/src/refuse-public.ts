import { refusePublicLedger } from '@switchyard/ledger'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'
import type { TargetSeen } from './target.ts'

interface Telling extends Pick<Observation, 'control' | 'loaded'> {
  readonly target?: TargetSeen | undefined
}

/** @throws {UserError} `LEDGER_PUBLIC` where a public ledger would keep what a private repository's plans or issues are. */
export function refusePublic({ given: { inputs, context }, ledger }: Door, { control, loaded, target }: Telling): void {
  refusePublicLedger({
    place: ledger.place,
    isLedgerPublic: loaded.isPublic,
    privateTargets: [
      ...(control.visibility === 'public' ? [] : [context.repository.fullName]),
      ...(target === undefined || target.isHere || target.visibility === 'public' ? [] : [target.place.repository]),
    ],
    isAllowed: inputs.allowPublicLedger,
  })
}

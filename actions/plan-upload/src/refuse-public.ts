import { UserError } from '@switchyard/core'
import { refusePublicLedger } from '@switchyard/ledger'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'
import type { TargetSeen } from './target.ts'

interface Telling extends Pick<Observation, 'control' | 'loaded'> {
  readonly target?: TargetSeen | undefined
}

/**
 * Card and replies stand on the idea's issue: where that is public, they tell of a private repository's issues as a public ledger would,
 * wherever the ledger is kept.
 * @throws {UserError} `LEDGER_PUBLIC` where everybody would read what a private repository's plans or issues are.
 */
export function refusePublic({ given: { inputs, context }, ledger }: Door, { control, loaded, target }: Telling): void {
  const isHidden = target !== undefined && !target.isHere && target.visibility !== 'public'
  if (isHidden && control.visibility === 'public' && !loaded.isPublic && !inputs.allowPublicLedger) {
    throw new UserError(
      'LEDGER_PUBLIC',
      'The idea is in a public repository, and the issues would be in one that is not: the card tells of them.',
      {
        hint: 'Keep the idea in a private repository, or allow it on purpose (`allow-public-ledger: true`).',
      },
    )
  }
  refusePublicLedger({
    place: ledger.place,
    isLedgerPublic: loaded.isPublic,
    privateTargets: [
      ...(control.visibility === 'public' ? [] : [context.repository.fullName]),
      ...(isHidden ? [target.place.repository] : []),
    ],
    isAllowed: inputs.allowPublicLedger,
  })
}

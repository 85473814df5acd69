import type { Chain } from '../chain.ts'
import type { Refusal } from '../reasons.ts'
import type { TargetRecord } from '../records/parts.ts'

/** What became of one outbound target, with all that is needed to decide it again on a newer state. */
export type DecidedTarget = DecidedDispatch | DecidedRefusal

interface Decided {
  /** The dispatch's key within its run. */
  readonly key: string
  readonly ruleId: string | undefined
  readonly target: TargetRecord
  /** Said to people, never refused for: a display name, a second file. */
  readonly warnings: readonly string[]
}

export interface DecidedDispatch extends Decided {
  readonly kind: 'dispatch'
  readonly target: TargetRecord & { readonly repository_id: number; readonly ref: string }
  readonly inputs: Readonly<Record<string, string>>
  /** As the started run will see it. */
  readonly chain: Chain
  /** What the started run's title will hold; null: the workflow does not show it, and loops through it are not guarded. */
  readonly marker: string | null
}

export interface DecidedRefusal extends Decided {
  readonly kind: 'refusal'
  readonly refusal: Refusal
}

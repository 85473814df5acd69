import type { Setting } from '@switchyard/bootstrapping/recipe'
import type { History } from '@switchyard/workspace'

/** The run that this process carries out, and what it will push. Without one, what others left is brought to an end, not continued. */
export interface Carrying {
  readonly runId: string
  readonly history: History
  /** What follows the push. */
  readonly settings: readonly Setting[]
}

export function isCarried(carrying: Carrying | undefined, effect: { readonly run_id: string }): carrying is Carrying {
  return carrying?.runId === effect.run_id
}

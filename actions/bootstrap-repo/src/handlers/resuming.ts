import type { Setting } from '@switchyard/bootstrapping/recipe'
import type { History } from '@switchyard/workspace'
import type { ApiCommit } from './commit-by-api.ts'

/** The run that this process carries out, and what it will push. Without one, what others left is brought to an end, not continued. */
export interface Carrying {
  readonly runId: string
  readonly history: History
  /** What follows the push. */
  readonly settings: readonly Setting[]
  /** The same files for GitHub to commit, where only what it signs is taken. */
  readonly byApi: ApiCommit
  /** Whether rules are known to ask for that. */
  readonly isSigned: boolean
}

export function isCarried(carrying: Carrying | undefined, effect: { readonly run_id: string }): carrying is Carrying {
  return carrying?.runId === effect.run_id
}

import type { Failure, MadeRepository } from './records/parts.ts'

/** What an effect's handler learned. `log` is the run's log, where the run ends with this answer. */
export type BootstrapAnswer =
  /** It is there, and it is surely ours. `goesOn` false: nobody is there who could push. */
  | { readonly kind: 'repository'; readonly repository: MadeRepository; readonly goesOn: boolean; readonly log?: string }
  | { readonly kind: 'pushed'; readonly commit: string }
  | { readonly kind: 'settled'; readonly warnings: readonly string[]; readonly log?: string }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'update'; readonly number: number; readonly url: string }
  /** It did not happen, and will not: refused by GitHub, or given up. */
  | { readonly kind: 'failed'; readonly error: Failure; readonly log?: string }

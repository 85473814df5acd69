import type { Failure, MadeRepository } from '../run/records/parts.ts'
import type { Run } from '../run/records/state.ts'

/** What a run does, in its order, as people read it. */
export const PROGRESS_STEPS = ['prepare', 'create-repository', 'push', 'apply-settings'] as const
export type ProgressStep = (typeof PROGRESS_STEPS)[number]

/** Where a run is, and how long each step took. */
export interface Progress {
  readonly run_id: string
  readonly owner: string
  readonly slug: string
  readonly template: string
  /** Finished steps in their order, with ms where they are known. */
  readonly done: readonly { readonly step: ProgressStep; readonly ms: number | undefined }[]
  /** undefined: the run has ended. */
  readonly going: ProgressStep | undefined
  readonly end?: ProgressEnd
}

export type ProgressEnd =
  | { readonly kind: 'succeeded'; readonly repository: MadeRepository; readonly warnings: readonly string[]; readonly recipeHash: string }
  | ({ readonly kind: 'failed'; readonly error: Failure } & Remains)
  | ({ readonly kind: 'cancelled' } & Remains)

/** What a run that was not finished left outside. */
export interface Remains {
  /** It waits to be looked after. */
  readonly leftOver: MadeRepository | undefined
  /** What became of it, where it was looked after. */
  readonly cleaned?: 'deleted' | 'resolved'
}

/** How a run that is over ended. */
export function endOf(run: Run): ProgressEnd | undefined {
  const remains: Remains = {
    leftOver: run.needs_cleanup && run.cleanup === null ? (run.repository ?? undefined) : undefined,
    ...(run.cleanup && { cleaned: run.cleanup.outcome }),
  }
  switch (run.status) {
    case 'PENDING':
    case 'RUNNING':
      return undefined
    case 'SUCCEEDED':
      return run.repository === null
        ? undefined
        : { kind: 'succeeded', repository: run.repository, warnings: run.warnings, recipeHash: run.plan.recipe_hash }
    case 'FAILED':
    case 'FAILED_NEEDS_CLEANUP':
      return { kind: 'failed', error: run.error ?? { code: 'UNKNOWN', message: '' }, ...remains }
    case 'CANCELLED':
      return { kind: 'cancelled', ...remains }
  }
}

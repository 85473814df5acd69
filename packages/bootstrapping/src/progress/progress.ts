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
  /** Finished steps in their order, with ms. */
  readonly done: readonly { readonly step: ProgressStep; readonly ms: number }[]
  /** undefined: the run has ended. */
  readonly going: ProgressStep | undefined
  readonly end?: ProgressEnd
}

export type ProgressEnd =
  | { readonly kind: 'succeeded'; readonly repository: MadeRepository; readonly warnings: readonly string[]; readonly recipeHash: string }
  | { readonly kind: 'failed'; readonly error: Failure; readonly leftOver: MadeRepository | undefined }
  | { readonly kind: 'cancelled'; readonly leftOver: MadeRepository | undefined }

/** How a run that is over ended. */
export function endOf(run: Run): ProgressEnd | undefined {
  const leftOver = run.needs_cleanup && run.cleanup === null ? (run.repository ?? undefined) : undefined
  switch (run.status) {
    case 'PENDING':
    case 'RUNNING':
      return undefined
    case 'SUCCEEDED':
      return run.repository === null ? undefined : { kind: 'succeeded', repository: run.repository, warnings: run.warnings, recipeHash: run.plan.recipe_hash }
    case 'FAILED':
    case 'FAILED_NEEDS_CLEANUP':
      return { kind: 'failed', error: run.error ?? { code: 'UNKNOWN', message: '' }, leftOver }
    case 'CANCELLED':
      return { kind: 'cancelled', leftOver }
  }
}

/** The steps that a run's checkpoints tell of, for whoever has not seen them. How long the preparation took is not kept. */
export function stepsOf({ status, started_at, repository, push_completed_at, finished_at }: Run): Progress['done'] {
  const since = (from: number | null, to: number): number => Math.max(0, to - (from ?? to))
  return [
    { step: 'prepare', ms: 0 },
    ...(repository === null ? [] : [{ step: 'create-repository', ms: since(started_at, repository.created_at) } as const]),
    ...(push_completed_at === null ? [] : [{ step: 'push', ms: since(repository?.created_at ?? null, push_completed_at) } as const]),
    ...(status !== 'SUCCEEDED' || finished_at === null ? [] : [{ step: 'apply-settings', ms: since(push_completed_at, finished_at) } as const]),
  ]
}

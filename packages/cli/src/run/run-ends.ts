/** How the run of a `workflow_run` may have ended. */
export const RUN_ENDS = ['success', 'failure', 'cancelled'] as const
export type RunEnd = (typeof RUN_ENDS)[number]

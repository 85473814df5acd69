import type { BootstrapState, Run } from './records/state.ts'

/** The run that is going on; undefined when there is none. */
export function findActiveRun(state: BootstrapState): Run | undefined {
  return state.runs.find(({ status }) => status === 'PENDING' || status === 'RUNNING')
}

/** The run whose repository is left over and has to be looked after first. */
export function findUncleanedRun(state: BootstrapState): Run | undefined {
  return state.runs.find(({ needs_cleanup, cleanup }) => needs_cleanup && cleanup === null)
}

/** A cancelled run whose last effect is not known to have ended. */
export function findEndingRun(state: BootstrapState): Run | undefined {
  return state.runs.find(({ status, is_under_way }) => status === 'CANCELLED' && is_under_way)
}

export function findRun(state: BootstrapState, runId: string): Run | undefined {
  return state.runs.find(({ plan }) => plan.run_id === runId)
}

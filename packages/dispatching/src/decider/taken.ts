import type { DispatchState } from '../records/state.ts'

/** Whether this dispatch was sent, is being sent, or may have been: it is not sent again. */
export function isTaken(state: DispatchState, key: string): boolean {
  const status = state.targets[key]?.status
  return status === 'requested' || status === 'started' || status === 'unclear'
}

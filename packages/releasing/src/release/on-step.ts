import type { Decision, Effect } from '@switchyard/core'
import type { ReleaseEvent } from './records/events.ts'
import type { CustomerState, ReleaseState } from './records/state.ts'

export type ReleaseDecision = Decision<ReleaseEvent, Effect>

export interface OnStep {
  readonly release: ReleaseState
  readonly customer: CustomerState
  /** Who it is about, for messages. */
  readonly address: string
}

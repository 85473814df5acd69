import type { Context, Decision } from '@switchyard/core'
import type { ConvergeEffect } from './command.ts'
import type { PlanEvent } from './records/events.ts'
import type { PlanIndex, PlanState } from './records/state.ts'

export type PlanContext = Context<PlanIndex, PlanState>
export type PlanDecision = Decision<PlanEvent, ConvergeEffect>

export const NOTHING: PlanDecision = { events: [], effects: [] }

/** A decision of one event, with nothing to carry out. */
export function only(event: PlanEvent): PlanDecision {
  return { events: [event], effects: [] }
}

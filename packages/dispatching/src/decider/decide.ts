import { type Context, type Decision, hashOf } from '@switchyard/core'
import type { DecidedDispatch, DecidedRefusal } from '../decision/decided.ts'
import { REFUSALS, type RefusalClass } from '../reasons.ts'
import type { DispatchEffect, StartWorkflow } from '../records/effects.ts'
import type { DispatchEvent } from '../records/events.ts'
import type { DispatchIndex, DispatchState } from '../records/state.ts'
import type { DispatchCommand } from './command.ts'
import { evolveState } from './evolve.ts'
import { requestProblemIssue } from './issues.ts'
import { isTaken } from './taken.ts'

export type DispatchDecision = Decision<DispatchEvent, DispatchEffect>
export type DispatchContext = Context<DispatchIndex, DispatchState>

/**
 * Refusals are recorded in the commit that records the intents: a crash before the outcomes must not lose them. What the
 * state knows already is not said again.
 */
export function decide(state: DispatchState, command: DispatchCommand, context: DispatchContext): DispatchDecision {
  let now = state
  const events: DispatchEvent[] = []
  const effects: DispatchEffect[] = []
  for (const target of command.targets) {
    const made = target.kind === 'dispatch' ? decideDispatch(now, target, command) : decideRefusal(now, target, { command, context })
    events.push(...made.events)
    effects.push(...made.effects)
    now = made.events.reduce(evolveState, now)
  }
  return { events, effects }
}

const NOTHING: DispatchDecision = { events: [], effects: [] }

function decideDispatch(state: DispatchState, decided: DecidedDispatch, { source, issues }: DispatchCommand): DispatchDecision {
  const { key, target, marker } = decided
  if (isTaken(state, key)) return NOTHING
  const id = `${key}.${(state.targets[key]?.tries ?? 0) + 1}`
  const chain = { ...decided.chain, ancestors: [...decided.chain.ancestors] }
  const inputs = { ...decided.inputs }
  const effect: StartWorkflow = { id, kind: 'start-workflow', key, source, target, inputs, chain, marker, issues }
  const data = { key, source, target, effect_id: id, chain, marker, inputs_hash: hashOf(inputs) }
  return { events: [{ type: 'dispatch.requested', data }], effects: [effect] }
}

const EVENT_TYPES = { skipped: 'dispatch.skipped', denied: 'dispatch.denied', failed: 'dispatch.failed' } as const satisfies Record<
  RefusalClass,
  string
>

function decideRefusal(
  state: DispatchState,
  { key, target, refusal }: DecidedRefusal,
  { command, context }: { readonly command: DispatchCommand; readonly context: DispatchContext },
): DispatchDecision {
  const before = state.targets[key]
  const kind = REFUSALS[refusal.reason]
  const isKnown = before?.status === kind && before.reason === refusal.reason
  if (refusal.reason === 'already-dispatched' || isTaken(state, key) || isKnown) return NOTHING
  const { source, issues } = command
  const event: DispatchEvent = { type: EVENT_TYPES[kind], data: { key, source, target, reason: refusal.reason, effect_id: null } }
  if (kind === 'skipped') return { events: [event], effects: [] }
  const issue = requestProblemIssue(state, { source, target, refusal, policy: issues }, context)
  return { events: [event, ...issue.events], effects: issue.effects }
}

import type { Json, Recorded } from '@switchyard/core'
import {
  type DispatchAnswer,
  type DispatchCommand,
  type DispatchContext,
  type DispatchEffect,
  type DispatchEvent,
  type DispatchIndex,
  dispatchRules,
  type DispatchState,
} from '../src/index.ts'

export const ACTOR = { login: 'github-actions[bot]', kind: 'system' } as const
export const RUN_REF = {
  repository: 'acme/shop',
  run_id: 1,
  run_attempt: 1,
  job: 'dispatch',
  url: 'https://github.com/acme/shop/actions/runs/1',
}

/** The smallest ledger: one subject after another, everything in memory. */
export class LedgerModel {
  readonly events: Recorded<DispatchEvent>[] = []
  readonly states = new Map<string, DispatchState>()
  index: DispatchIndex = dispatchRules.index.initial
  at = Date.UTC(2026, 10, 21)

  state(subject: string): DispatchState {
    return this.states.get(subject) ?? dispatchRules.initial
  }

  complete(subject: string, command: DispatchCommand): readonly DispatchEffect[] {
    const decided = dispatchRules.decide(this.state(subject), command, this.context(subject))
    if ('rejected' in decided) throw new Error(decided.rejected.message)
    this.record(subject, decided.events)
    return decided.effects
  }

  settle(subject: string, effect: DispatchEffect, answer: DispatchAnswer): readonly DispatchEffect[] {
    const settled = dispatchRules.settle(this.state(subject), effect, answer, this.context(subject))
    this.record(subject, settled.events)
    return settled.effects
  }

  private context(subject: string): DispatchContext {
    return { subject, at: this.at, actor: ACTOR, run: RUN_REF, index: this.index, peer: (other) => this.state(other) }
  }

  private record(subject: string, events: readonly DispatchEvent[]): void {
    for (const event of events) {
      const recorded = recordedEvent(event, { subject, seq: this.events.length + 1, at: this.at })
      this.events.push(recorded)
      this.states.set(subject, dispatchRules.evolve(this.state(subject), recorded))
      this.index = dispatchRules.index.evolve(this.index, recorded)
    }
  }
}

export function recordedEvent(
  event: DispatchEvent,
  { subject, seq, at }: { subject: string; seq: number; at: number },
): Recorded<DispatchEvent> {
  return { ...event, id: `e${seq}`, seq, subject, at, actor: ACTOR, run: RUN_REF, correlation_id: 'c'.repeat(16) }
}

/** All documents of all views, from events in order. */
export function foldViews(events: readonly Recorded<DispatchEvent>[], into: Record<string, Json> = {}): Record<string, Json> {
  for (const event of events) {
    for (const view of dispatchRules.views) {
      const name = view.document(event.at, event.subject)
      const { document, pages } = view.evolve((name === undefined ? undefined : into[name]) ?? view.initial, event)
      if (name !== undefined) into[name] = document
      for (const [page, content] of Object.entries(pages ?? {})) {
        if (page in into) throw new Error(`${page} is written twice`)
        into[page] = content
      }
    }
  }
  return into
}

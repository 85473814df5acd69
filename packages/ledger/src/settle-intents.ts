import type { DomainEvent, Effect, Recorded } from '@switchyard/core'
import type { Branch } from './branch.ts'
import { peersOf, stateOf, toRecorded } from './fold.ts'
import { addIntents, deriveKey, type Drafting, getIntent, type Rules, type Writer } from './planning.ts'
import type { Intent } from './types.ts'

/** An effect's answer, to be recorded. */
export interface Answered<Eff, Answer> {
  readonly intent: Intent<Eff>
  readonly answer: Answer
}

export interface Settled<Event, Eff> {
  readonly events: readonly Recorded<Event>[]
  /** Further effects to begin. */
  readonly intents: readonly Intent<Eff>[]
  /** No longer ours to settle. */
  readonly lost: readonly Intent<Eff>[]
}

/** The second half of the loop: answers become events. Only whoever still holds an intent's claim settles it. */
export function settleIntents<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  branch: Branch<State, Command, Event, Eff, Answer, Index>,
  writer: Writer,
  answered: readonly Answered<Eff, Answer>[],
): Rules<State, Command, Event, Eff, Answer, Index, Settled<Event, Eff>> {
  const key = deriveKey(
    'settle',
    answered.map(({ intent }) => intent),
  )
  return {
    subjects: [...new Set(answered.map(({ intent }) => intent.subject))],
    keys: [key],
    freshKey: key,
    async draft(drafting) {
      const held = answered.filter(({ intent }) => isHeld(drafting, intent))
      const settled = held.map((one) => settleOne(branch, writer, { one, key, drafting }))
      const result = {
        events: settled.flatMap(({ events }) => events),
        intents: settled.flatMap(({ intents }) => intents),
        lost: answered.filter((one) => !held.includes(one)).map(({ intent }) => intent),
      }
      return { result, isWritten: held.length > 0 }
    },
  }
}

function settleOne<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  { decider }: Branch<State, Command, Event, Eff, Answer, Index>,
  writer: Writer,
  on: { readonly one: Answered<Eff, Answer>; readonly key: string; readonly drafting: Drafting<State, Command, Event, Eff, Answer, Index> },
): { events: Recorded<Event>[]; intents: Intent<Eff>[] } {
  const { intent, answer } = on.one
  const { draft, at } = on.drafting
  const { subject } = intent
  const { state } = stateOf(draft.fold, subject, decider.initial)
  const decision = decider.settle(state, intent.effect, answer, {
    subject,
    at,
    actor: writer.actor,
    run: writer.run,
    index: draft.fold.index,
    peer: peersOf(draft.fold),
  })
  const cause = { subject, key: on.key, actor: writer.actor, correlationId: intent.correlationId }
  const events = decision.events.map((event) => toRecorded(decider, draft.addEvent(event, cause)))
  draft.addTexts(decision.texts ?? [])
  const intents = addIntents(draft, decider, { effects: decision.effects, cause, writer })
  draft.addEffectEvent('effect.settled', { intent: intent.id }, cause)
  return { events, intents }
}

/** Takes orphaned intents over. Those that somebody else took or settled meanwhile are left out of the result. */
export function claimIntents<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  branch: Branch<State, Command, Event, Eff, Answer, Index>,
  writer: Writer,
  orphans: readonly Intent<Eff>[],
): Rules<State, Command, Event, Eff, Answer, Index, readonly Intent<Eff>[]> {
  const { decider } = branch
  // Two jobs that claim the same orphans must never take each other's receipt for their own: the transaction tells them apart.
  const key = deriveKey('claim', orphans)
  return {
    subjects: [...new Set(orphans.map(({ subject }) => subject))],
    keys: [key],
    freshKey: key,
    async draft(drafting) {
      const { draft } = drafting
      const held = orphans.filter((intent) => isHeld(drafting, intent))
      for (const { id, subject, correlationId } of held) {
        const data = { intent: id, claimed_by: writer.run, lease_until: writer.newLease() }
        draft.addEffectEvent('effect.claimed', data, { subject, key, actor: writer.actor, correlationId })
      }
      const taken = held.map(({ id, leaseUntil }) => ({ ...getIntent(decider, draft.fold.intents, id), previousLease: leaseUntil }))
      return { result: taken, isWritten: held.length > 0 }
    },
  }
}

function isHeld<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  { draft }: Drafting<State, Command, Event, Eff, Answer, Index>,
  intent: Intent<Eff>,
): boolean {
  return draft.fold.intents.get(intent.id)?.claimed_seq === intent.claimedSeq
}

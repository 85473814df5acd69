import type { Decider, DomainEvent, Effect, Json, Recorded, RunRef } from '@switchyard/core'
import { bug } from './errors.ts'
import { type EventRecord, type IntentRecord, isEffectRecord } from './record-types.ts'

/** A subject's state with what its file says about it. */
export interface FoldedState<State> {
  state: State
  seq: number
  batches: number
}

/** All that follows from events: of a whole branch when it is rebuilt, of what a transaction read when it is decided. */
export interface Fold<State, Index> {
  nextSeq: number
  index: Index
  readonly intents: Map<string, IntentRecord>
  readonly states: Map<string, FoldedState<State>>
  /** Views' documents and pages by name. */
  readonly documents: Map<string, Json>
}

/** How events and the ledger's own data read, parsed. Given, so that this module needs no parser of its own. */
export interface RecordParser {
  event(record: unknown): EventRecord
  intended(data: unknown): { readonly intent: string; readonly effect: Effect; readonly claimed_by: RunRef; readonly lease_until: number }
  claimed(data: unknown): { readonly intent: string; readonly claimed_by: RunRef; readonly lease_until: number }
  settled(data: unknown): { readonly intent: string }
}

export function emptyFold<State, Index>(decider: { readonly index: { readonly initial: Index } }): Fold<State, Index> {
  return { nextSeq: 1, index: decider.index.initial, intents: new Map(), states: new Map(), documents: new Map() }
}

/** The same fold, which goes its own way: states and documents are values and never changed. */
export function copyFold<State, Index>({ nextSeq, index, intents, states, documents }: Fold<State, Index>): Fold<State, Index> {
  return {
    nextSeq,
    index,
    intents: new Map(intents),
    states: new Map([...states].map(([subject, folded]) => [subject, { ...folded }])),
    documents: new Map(documents),
  }
}

/** A subject's state, which begins as the decider says. */
export function stateOf<State, Index>(fold: Fold<State, Index>, subject: string, initial: State): FoldedState<State> {
  const known = fold.states.get(subject)
  if (known) return known
  const fresh = { state: initial, seq: 0, batches: 0 }
  fold.states.set(subject, fresh)
  return fresh
}

/** The states of a transaction's other subjects, for whoever decides. */
export function peersOf<State, Index>(fold: Fold<State, Index>): (subject: string) => State {
  return (subject) => {
    const peer = fold.states.get(subject)
    if (!peer) throw bug(`The subject ${subject} was to be looked at, and is none of those that were read`)
    return peer.state
  }
}

/** Takes one event in: the only place where events become state, index, views and intents, live or rebuilt. */
export function foldEvent<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
  parser: RecordParser,
  into: { readonly fold: Fold<State, Index>; readonly record: EventRecord },
): void {
  const { fold, record } = into
  const subject = stateOf(fold, record.subject, decider.initial)
  subject.seq = record.seq
  fold.nextSeq = record.seq + 1
  if (isEffectRecord(record)) return foldIntent(fold.intents, parser, record)
  const event = toRecorded(decider, record)
  subject.state = decider.evolve(subject.state, event)
  fold.index = decider.index.evolve(fold.index, event)
  for (const view of decider.views) {
    const name = view.document(record.at, record.subject)
    const change = view.evolve((name === undefined ? undefined : fold.documents.get(name)) ?? view.initial, event)
    if (name !== undefined) fold.documents.set(name, change.document)
    for (const [page, document] of Object.entries(change.pages ?? {})) fold.documents.set(page, document)
  }
}

/** A capability's event as deciders see it. */
export function toRecorded<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
  record: EventRecord,
): Recorded<Event> {
  const { id, seq, subject, at, actor, run, correlation_id } = record
  return { ...decider.parse.event({ type: record.type, data: record.data }), id, seq, subject, at, actor, run, correlation_id }
}

/** An intent's life, from the ledger's own events. */
export function foldIntent(intents: Map<string, IntentRecord>, parser: RecordParser, record: EventRecord): void {
  switch (record.type) {
    case 'effect.intended': {
      const { intent, effect, claimed_by, lease_until } = parser.intended(record.data)
      if (intents.has(intent)) throw bug(`The effect ${effect.id} of ${record.subject} was asked for twice`)
      const { subject, correlation_id } = record
      intents.set(intent, {
        subject,
        effect,
        claimed_by,
        lease_until,
        correlation_id,
        claimed_seq: record.seq,
        opened_seq: record.seq,
        opened_at: record.at,
      })
      return
    }
    case 'effect.claimed': {
      const { intent, claimed_by, lease_until } = parser.claimed(record.data)
      const known = intents.get(intent)
      if (!known) throw bug(`Event ${record.seq} claims an intent that is not open`)
      intents.set(intent, { ...known, claimed_by, lease_until, claimed_seq: record.seq })
      return
    }
    case 'effect.settled': {
      const { intent } = parser.settled(record.data)
      if (!intents.delete(intent)) throw bug(`Event ${record.seq} settles an intent that is not open`)
      return
    }
    default:
      throw bug(`${record.type} is no event of the ledger`)
  }
}

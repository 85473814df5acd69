import type { Json } from './json.ts'
import type { Actor, Recorded, RunRef, StreamName } from './record.ts'

/** What a capability decided, before it has a place in the ledger. Its `data` keeps the names of its published schema. */
export interface DomainEvent {
  /** Past tense, with the stream's name before the dot: `dispatch.requested`. */
  readonly type: string
  readonly data: Json
}

/** A call that changes something outside the ledger, other than a rendering. */
export interface Effect {
  /** Unique within its subject for ever: the intent is known by it. */
  readonly id: string
  readonly kind: string
}

/** What was decided: recorded together, or not at all. Effects run only after the commit that holds their intents. */
export interface Decision<Event, Eff> {
  readonly events: readonly Event[]
  readonly effects: readonly Eff[]
  /** Texts too large for an event: kept once, under their own hash. Events name them by `toTextRef`. */
  readonly texts?: readonly string[]
}

/** A command that was refused, as data. It writes nothing, unless the capability makes it an event. */
export interface Rejection {
  readonly rejected: { readonly code: string; readonly message: string; readonly hint: string }
}

export function isRejection(outcome: object): outcome is Rejection {
  return 'rejected' in outcome
}

/** What a decision may know beside state and command. Time is an argument: a decider has no clock. */
export interface Context<Index = null, State = unknown> {
  readonly subject: string
  /** The state of another subject of the same transaction, as it stands now. Those that a request `reads` are there. */
  peer(subject: string): State
  /** ms since the epoch, corrected by GitHub's clock. */
  readonly at: number
  readonly actor: Actor
  readonly run: RunRef
  /** The stream's index, as of the commit that is decided on. */
  readonly index: Index
}

/**
 * A capability's rules, pure: no I/O, no clock, no chance. The ledger's one loop performs all of them
 * (docs/adr: decider and the one effect loop).
 */
export interface Decider<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index = null> {
  readonly stream: StreamName
  /** Raised when `evolve` changes: states folded by an older one are folded again from their events. */
  readonly foldVersion: number
  readonly initial: State
  decide(state: State, command: Command, context: Context<Index, State>): Decision<Event, Eff> | Rejection
  /** What an effect's answer means. May ask for further effects: the loop goes on until there are none. */
  settle(state: State, effect: Eff, answer: Answer, context: Context<Index, State>): Decision<Event, Eff>
  evolve(state: State, event: Recorded<Event>): State
  readonly views: readonly View<Event>[]
  /** Small facts about many subjects that decisions need without a scan (numbers of open issues). Kept in `open.json`. */
  readonly index: { readonly initial: Index; evolve(index: Index, event: Recorded<Event>): Index }
  /** The rim: what is read from a branch is untrusted until it went through these. Each throws on bad data. */
  readonly parse: {
    readonly state: (value: unknown) => State
    readonly event: (value: unknown) => Event
    readonly effect: (value: unknown) => Eff
    readonly index: (value: unknown) => Index
  }
}

/**
 * A document made for one kind of reader, kept up to date in the commit that holds the events. Which document an event
 * changes must follow from its time and its subject alone, so that one query can read it before anything is decided.
 */
export interface View<Event extends DomainEvent> {
  readonly name: string
  /** The open document (path below `views/`, without ending) for events of this time and subject; undefined: the view only writes pages. */
  document(at: number, subject: string): string | undefined
  readonly initial: Json
  evolve(document: Json, event: Recorded<Event>): ViewChange
}

export interface ViewChange {
  readonly document: Json
  /** Documents that depend on this event or this document alone: written once, without being read first. */
  readonly pages?: Readonly<Record<string, Json>>
}

import type { Actor, DomainEvent, Effect, Recorded, Rejection, RunRef, SwitchyardError } from '@switchyard/core'

/** One thing asked of one subject. */
export interface CommandRequest<Command> {
  readonly subject: string
  readonly command: Command
  /** Names this request for ever: asked again, it is answered and not done again. */
  readonly idempotencyKey: string
  /** Follows what was caused across ledgers. The hashed idempotency key's beginning, if not given. */
  readonly correlationId?: string
  /** Further subjects that the decision looks at: read in the same request, and part of what must not have changed. */
  readonly reads?: readonly string[]
  /** Whoever asked, where it is not the ledger's own actor. */
  readonly actor?: Actor
}

/** A request of a group: the group names it, and says who asks. */
export type GroupRequest<Command> = Pick<CommandRequest<Command>, 'subject' | 'command' | 'reads'>

/** Requests made of what stands in the ledger where they are decided, or why there are none. */
export type GroupPart<State, Command> = (stateOf: (subject: string) => State) => readonly GroupRequest<Command>[] | Rejection

/** What somebody asks for in one breath: recorded all or not at all, and once for ever. */
export interface CommandGroup<State, Command> {
  /** Names it for ever: asked again, it is answered and not done again. */
  readonly idempotencyKey: string
  /** Whoever asked, where it is not the ledger's own actor. */
  readonly actor?: Actor
  /** Decided where it stands among the others, and recorded nowhere: the next ones see nothing of it. */
  readonly isDryRun?: boolean
  /** In their order: each is made of what all before it left, and anew whenever that changed. Pure. */
  readonly parts: readonly GroupPart<State, Command>[]
  /** What is recorded in its place when it is refused; left out or empty: nothing. */
  readonly refusal?: (rejected: Rejection['rejected'], stateOf: (subject: string) => State) => readonly GroupRequest<Command>[]
}

/** What became of one group. */
export type GroupResult<Event> =
  | { readonly kind: 'done'; readonly events: readonly Recorded<Event>[] }
  /** It was decided before: `events` are what was recorded then, a refusal too. */
  | { readonly kind: 'replayed'; readonly events: readonly Recorded<Event>[] }
  /** `events`: the record of the refusal, where one was made. */
  | { readonly kind: 'rejected'; readonly rejection: Rejection['rejected']; readonly events: readonly Recorded<Event>[] }

/** What became of one request. States are as of the end of everything that was performed with it. */
export type RequestResult<State, Event> =
  | { readonly kind: 'done'; readonly events: readonly Recorded<Event>[]; readonly state: State }
  /** It was done before: `events` are what was recorded then. */
  | { readonly kind: 'replayed'; readonly events: readonly Recorded<Event>[]; readonly state: State }
  | { readonly kind: 'rejected'; readonly rejection: Rejection['rejected']; readonly state: State }
  /** Nothing was wrong with it, but another request of the same transaction was rejected: all or nothing. */
  | { readonly kind: 'withheld'; readonly state: State }

/** An effect that was begun, as its handler sees it. */
export interface Intent<Eff> {
  /** 32 hex digits, the same for ever: fit for a marker in what the effect makes. */
  readonly id: string
  readonly subject: string
  readonly effect: Eff
  readonly correlationId: string
  /** ms since the epoch. */
  readonly openedAt: number
  readonly openedSeq: number
  readonly claimedBy: RunRef
  readonly claimedSeq: number
  /** ms since the epoch. */
  readonly leaseUntil: number
  /** Of an intent that recovery took over: the lease of whoever held it before, in ms since the epoch. */
  readonly previousLease?: number
}

/** What recovery learned about an effect that somebody else began. */
export type Asked<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** Certainly not begun: it is applied now. */
  | { readonly kind: 'not-started' }
  /** Neither can be proved: `answer` records that a person has to look. */
  | { readonly kind: 'unclear'; readonly answer: Answer }

/** How a door carries out a capability's effects. What it throws leaves the intent open, to be asked about by recovery. */
export interface EffectHandler<Eff, Answer> {
  apply(effect: Eff, intent: Intent<Eff>): Promise<Answer>
  ask(effect: Eff, intent: Intent<Eff>): Promise<Asked<Answer>>
}

/** An effect whose handler threw. Its intent is open still. */
export interface EffectFailure<Eff> {
  readonly intent: Intent<Eff>
  readonly error: SwitchyardError
}

/** What the second half of the loop did: effects and their outcomes. */
export interface EffectReport<Event extends DomainEvent, Eff extends Effect> {
  /** What `settle` decided, in the order of the ledger. */
  readonly outcomes: readonly Recorded<Event>[]
  readonly failures: readonly EffectFailure<Eff>[]
  /** Intents that recovery had taken from us before we could settle them: their outcome is its to record. */
  readonly lost: readonly Intent<Eff>[]
}

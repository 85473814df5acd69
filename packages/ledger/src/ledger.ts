import type { DomainEvent, Effect, Selection, TextRef } from '@switchyard/core'
import { Branch } from './branch.ts'
import type { GroupsWanted } from './decide-groups.ts'
import type { Loaded } from './loaded.ts'
import type { Loop } from './loop.ts'
import { hashKey } from './paths.ts'
import type { Writer } from './planning.ts'
import { DEFAULT_DEADLINE_MS, type LedgerOptions, type Pace, Session } from './session.ts'
import { toSnapshot } from './snapshot.ts'
import { type LedgerPlace, NOTHING_BESIDE } from './store.ts'
import type { CommandRequest, EffectHandler, EffectReport, GroupResult, Intent, RequestResult } from './types.ts'

/** What a run will need to decide: read in one request, together with whatever else its door asks of GitHub. */
export interface LoadWanted {
  readonly subjects: readonly string[]
  readonly idempotencyKeys: readonly string[]
  /** Views' documents and pages, by name. */
  readonly documents?: readonly string[]
}

export interface EffectOptions<Eff, Answer, State, Index> {
  readonly handlers: EffectHandler<Eff, Answer>
  /** What `load`, `recover` or `perform` gave: spares a request, as long as nobody else wrote. */
  readonly loaded?: Loaded<State, Eff, Index, unknown> | undefined
  readonly maxParallel?: number | undefined
}

export interface RecoverOptions<Eff, Answer, State, Index> extends EffectOptions<Eff, Answer, State, Index> {
  /** Subjects whose intents are left for whoever carries them on. */
  readonly except?: readonly string[]
  /** Looks, and takes over nothing: `claimed` are those that would be. */
  readonly isDryRun?: boolean
}

export interface PerformOptions<Command, Eff, Answer, State, Index> extends EffectOptions<Eff, Answer, State, Index> {
  /** Decided in this order, each on what the ones before it left; recorded all or not at all. */
  readonly requests: readonly CommandRequest<Command>[]
  /** Views' documents that are wanted afterwards; those that the requests change cost nothing. */
  readonly documents?: readonly string[]
  /** Decides, and records nothing: the results say what would be. */
  readonly isDryRun?: boolean
}

export interface Performed<State, Event extends DomainEvent, Eff extends Effect, Index> extends EffectReport<Event, Eff> {
  /** In the order of the requests. */
  readonly results: readonly RequestResult<State, Event>[]
  readonly loaded: Loaded<State, Eff, Index, undefined>
}

export interface GroupsOptions<State, Command, Eff, Answer, Index>
  extends EffectOptions<Eff, Answer, State, Index>, GroupsWanted<State, Command> {
  /** Views' documents that are wanted afterwards. */
  readonly documents?: readonly string[]
}

export interface PerformedGroups<State, Event extends DomainEvent, Eff extends Effect, Index> extends EffectReport<Event, Eff> {
  /** In the order of the groups. */
  readonly results: readonly GroupResult<Event>[]
  /** The subjects that parts look at, and the documents. */
  readonly loaded: Loaded<State, Eff, Index, undefined>
}

export interface Recovered<State, Event extends DomainEvent, Eff extends Effect, Index> extends EffectReport<Event, Eff> {
  /** The orphans that were taken over. */
  readonly claimed: readonly Intent<Eff>[]
  readonly loaded: Loaded<State, Eff, Index, undefined>
}

/**
 * A capability's ledger: the one loop that performs every command, and recovery, which enters the same loop at its second half.
 * Errors are `UserError`s with a `LEDGER_…` code, or the transport's own `GitHubError`s; after any of them the same may be run again.
 */
export class Ledger<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  readonly #options: LedgerOptions<State, Command, Event, Eff, Answer, Index>
  readonly #branch: Branch<State, Command, Event, Eff, Answer, Index>
  readonly #writer: Writer
  readonly #pace: Pace = { roundTripMs: Infinity }

  constructor(options: LedgerOptions<State, Command, Event, Eff, Answer, Index>) {
    this.#options = options
    this.#branch = new Branch(options.decider, options.store)
    const { run, actor, leaseMs, ports } = options
    const name = Array.from({ length: 2 }, () =>
      Math.floor(ports.random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('')
    let count = 0
    this.#writer = { run, actor, newLease: () => Math.floor(ports.now()) + leaseMs, nextTransaction: () => `${name}-${++count}` }
  }

  /** Where it is kept. */
  get place(): LedgerPlace {
    return this.#options.store.place
  }

  /** Reads what the run will need, and `beside` it whatever its door asks, in one request. */
  async load(wanted: LoadWanted): Promise<Loaded<State, Eff, Index, undefined>>
  async load<T>(wanted: LoadWanted, beside: Selection<T>): Promise<Loaded<State, Eff, Index, T>>
  async load<T>(wanted: LoadWanted, beside: Selection<T | undefined> = NOTHING_BESIDE): Promise<Loaded<State, Eff, Index, T | undefined>> {
    const at = this.#now()
    const documents = wanted.documents ?? []
    const needs = { subjects: wanted.subjects, keys: wanted.idempotencyKeys.map(hashKey), documents, at }
    const reading = await this.#session().read(this.#branch.wanted(needs), beside)
    const { Loaded } = await import('./loaded.ts')
    return Loaded.open(this.#branch, toSnapshot(reading), { subjects: wanted.subjects, documents, beside: reading.beside })
  }

  /**
   * Decides, records, carries out the effects, records what they answered, until nothing is left to do.
   * An effect that throws is in `failures`; its intent stays open for recovery.
   */
  async perform(options: PerformOptions<Command, Eff, Answer, State, Index>): Promise<Performed<State, Event, Eff, Index>> {
    return (await this.#loop()).perform(options)
  }

  /**
   * The same for groups, in one commit: each is decided on what the ones before it left, its requests are made there, and it is recorded
   * whole or not at all. So what comes of a group hangs on its place in the ledger alone, and not on what was asked in the same run.
   */
  async performGroups(options: GroupsOptions<State, Command, Eff, Answer, Index>): Promise<PerformedGroups<State, Event, Eff, Index>> {
    return (await this.#loop()).performGroups(options)
  }

  /**
   * Takes over what dead runs left open: asks each effect's handler what became of it, and records that. Costs no request when
   * `loaded` shows no intent of others.
   */
  async recover(options: RecoverOptions<Eff, Answer, State, Index>): Promise<Recovered<State, Event, Eff, Index>> {
    return (await this.#loop()).recover(options)
  }

  /** Texts that events of the loaded ledger name, in the order asked. @throws {UserError} LEDGER_CORRUPT for one that is not there whole. */
  async readTexts(loaded: Loaded<State, Eff, Index, unknown>, refs: readonly TextRef[]): Promise<readonly string[]> {
    const { head } = loaded.snapshot
    if (head === undefined || refs.length === 0) return []
    const { readTexts } = await import('./texts.ts')
    return readTexts(this.#options.store, head, refs)
  }

  /** Loaded when the first answer is there. */
  async #loop(): Promise<Loop<State, Command, Event, Eff, Answer, Index>> {
    const { Loop } = await import('./loop.ts')
    return new Loop({
      options: this.#options,
      branch: this.#branch,
      writer: this.#writer,
      now: () => this.#now(),
      openSession: () => this.#session(),
      load: (wanted) => this.load(wanted),
    })
  }

  /** Records hold whole milliseconds, whatever the clock gives. */
  #now(): number {
    return Math.floor(this.#options.ports.now())
  }

  #session(): Session {
    const { store, ports, deadlineMs } = this.#options
    return new Session(store, ports, { deadlineMs: deadlineMs ?? DEFAULT_DEADLINE_MS, pace: this.#pace })
  }
}

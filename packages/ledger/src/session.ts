import {
  type Actor,
  type Decider,
  type DomainEvent,
  type Effect,
  fullJitter,
  GitHubError,
  type RunRef,
  type Selection,
} from '@switchyard/core'
import { contentionWait } from './contention.ts'
import { busyError } from './errors.ts'
import type { Ports } from './ports.ts'
import type { Change, CommitOutcome, CreateOutcome, LedgerStore, Reading, Wanted } from './store.ts'

/** What every transaction of one run has in common. */
export interface LedgerOptions<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  readonly decider: Decider<State, Command, Event, Eff, Answer, Index>
  readonly store: LedgerStore
  readonly ports: Ports
  readonly run: RunRef
  /** Who asked, where a request does not say. */
  readonly actor: Actor
  /** How long a job may go on at the most, in ms: an intent of ours is an orphan so long after it was written. */
  readonly leaseMs: number
  /** Asks GitHub whether an attempt of a run is over. */
  readonly isAttemptCompleted: (run: RunRef) => Promise<boolean | undefined>
  /** How long one transaction may try, in ms. */
  readonly deadlineMs?: number
}

export const DEFAULT_DEADLINE_MS = 90_000

/** `lost`: whether the commit landed is not known. `held up`: GitHub refused it unread, for its rate. */
export type Attempt = CommitOutcome | { readonly kind: 'lost'; readonly cause: GitHubError } | { readonly kind: 'held up' }

/** What all transactions of one run learned about the way to GitHub. */
export interface Pace {
  /** The fastest answer so far: slower ones tell about the crowd, which the windows reckon with already. ms. */
  roundTripMs: number
}

/** Talks to the store, measures how long that takes, and waits as contention and rate limits ask, until a deadline. */
export class Session {
  readonly #store: LedgerStore
  readonly #ports: Ports
  readonly #deadline: number
  readonly #startedAt: number
  readonly #pace: Pace
  #beaten = 0
  #lost = 0
  #lastLoss: GitHubError | undefined

  constructor(store: LedgerStore, ports: Ports, { deadlineMs, pace }: { readonly deadlineMs: number; readonly pace: Pace }) {
    this.#store = store
    this.#ports = ports
    this.#pace = pace
    this.#startedAt = ports.now()
    this.#deadline = this.#startedAt + deadlineMs
  }

  async read<T>(wanted: Wanted, beside: Selection<T>): Promise<Reading<T>> {
    for (;;) {
      try {
        return await this.#timed(() => this.#store.read(wanted, beside))
      } catch (error) {
        await this.#waitOutRateLimit(error)
      }
    }
  }

  async commit(change: Change): Promise<Attempt> {
    return this.#attempt(() => this.#store.commit(change))
  }

  async create(files: ReadonlyMap<string, string>): Promise<CreateOutcome> {
    for (;;) {
      try {
        return await this.#timed(() => this.#store.create(files))
      } catch (error) {
        // A branch that was created all the same is found by the next reading.
        if (error instanceof GitHubError && error.isAmbiguous) return { kind: 'exists' }
        await this.#waitOutRateLimit(error)
      }
    }
  }

  /** Waits before the next try. @throws {UserError} LEDGER_BUSY, or what last went wrong, when the deadline comes first. */
  async pause(attempt: Attempt | CreateOutcome): Promise<void> {
    if (attempt.kind === 'held up') return
    const wait =
      attempt.kind === 'lost'
        ? this.#afterLoss(attempt.cause)
        : contentionWait(++this.#beaten, this.#pace.roundTripMs, this.#ports.random())
    const now = this.#ports.now()
    if (now + wait > this.#deadline) throw this.#lastLoss ?? busyError(this.#store.place, this.#beaten, now - this.#startedAt)
    await this.#ports.sleep(wait)
  }

  /** A fault of GitHub's is no crowd: it is waited out as any other. */
  #afterLoss(cause: GitHubError): number {
    this.#lastLoss = cause
    return fullJitter(this.#lost++, this.#ports.random())
  }

  async #attempt(commit: () => Promise<CommitOutcome>): Promise<Attempt> {
    try {
      return await this.#timed(commit)
    } catch (error) {
      if (error instanceof GitHubError && error.isAmbiguous) return { kind: 'lost', cause: error }
      await this.#waitOutRateLimit(error)
      return { kind: 'held up' }
    }
  }

  async #timed<T>(request: () => Promise<T>): Promise<T> {
    const start = this.#ports.now()
    const result = await request()
    this.#pace.roundTripMs = Math.min(this.#pace.roundTripMs, this.#ports.now() - start)
    return result
  }

  /** Returns when the same may be sent again; else the error goes on. */
  async #waitOutRateLimit(error: unknown): Promise<void> {
    if (!(error instanceof GitHubError) || error.code !== 'GITHUB_RATE_LIMITED' || error.retryAfterMs === undefined) throw error
    if (this.#ports.now() + error.retryAfterMs > this.#deadline) throw error
    await this.#ports.sleep(error.retryAfterMs)
  }
}

import type { DomainEvent, Effect, Json } from '@switchyard/core'
import type { Branch } from './branch.ts'
import { bug } from './errors.ts'
import type { Fold } from './fold.ts'
import { hashKey, receiptPath, statePath } from './paths.ts'
import { getIntent } from './planning.ts'
import type { Snapshot } from './snapshot.ts'
import type { Intent } from './types.ts'

interface Contents<State, Eff, Index, T> {
  readonly snapshot: Snapshot
  readonly states: ReadonlyMap<string, State>
  readonly index: Index
  readonly intents: readonly Intent<Eff>[]
  readonly documents: ReadonlyMap<string, Json>
  readonly beside: T
}

/** What was read of a ledger, at one commit. */
export class Loaded<State, Eff, Index, T> {
  /** For the ledger itself: what later steps need not read again. */
  readonly snapshot: Snapshot
  readonly index: Index
  /** All open intents of the stream. */
  readonly intents: readonly Intent<Eff>[]
  /** The answer to what was asked in the same request. */
  readonly beside: T
  readonly #states: ReadonlyMap<string, State>
  readonly #documents: ReadonlyMap<string, Json>

  constructor(contents: Contents<State, Eff, Index, T>) {
    this.snapshot = contents.snapshot
    this.index = contents.index
    this.intents = contents.intents
    this.beside = contents.beside
    this.#states = contents.states
    this.#documents = contents.documents
  }

  static async open<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index, T>(
    branch: Branch<State, Command, Event, Eff, Answer, Index>,
    snapshot: Snapshot,
    parts: { readonly subjects: readonly string[]; readonly documents?: readonly string[]; readonly beside: T },
  ): Promise<Loaded<State, Eff, Index, T>> {
    const fold: Fold<State, Index> = await branch.open(snapshot, { subjects: parts.subjects, documents: parts.documents ?? [] })
    const states = new Map(parts.subjects.map((subject) => [subject, fold.states.get(subject)?.state ?? branch.decider.initial]))
    const intents = [...fold.intents.keys()].map((id) => getIntent(branch.decider, fold.intents, id))
    return new Loaded({ snapshot, states, index: fold.index, intents, documents: fold.documents, beside: parts.beside })
  }

  /** The subjects that were asked for. */
  get subjects(): readonly string[] {
    return [...this.#states.keys()]
  }

  /** The state of a subject that was asked for; of one that has no event yet, the initial one. */
  getState(subject: string): State {
    const state = this.#states.get(subject)
    if (state === undefined) throw bug(`The subject ${subject} was not loaded`)
    return state
  }

  /** Whether anything was ever recorded of a subject that was asked for. */
  hasSubject(subject: string): boolean {
    return this.snapshot.files.get(statePath(subject)) !== undefined
  }

  /** Whether everybody may read the branch. */
  get isPublic(): boolean {
    return this.snapshot.isPublic
  }

  /** A view's document or page that was asked for; undefined when there is none. */
  findDocument(name: string): Json | undefined {
    return this.#documents.get(name)
  }

  /** True when a command with this key was recorded before. */
  hasReceipt(idempotencyKey: string): boolean {
    return this.snapshot.files.get(receiptPath(hashKey(idempotencyKey))) !== undefined
  }

  /** The same, without what was read beside it. */
  without(): Loaded<State, Eff, Index, undefined> {
    const { snapshot, index, intents } = this
    return new Loaded({ snapshot, index, intents, states: this.#states, documents: this.#documents, beside: undefined })
  }
}

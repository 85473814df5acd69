import type { DomainEvent, Effect } from '@switchyard/core'
import type { Branch } from './branch.ts'
import { decideGroups } from './decide-groups.ts'
import { decideRequests } from './decide-requests.ts'
import type {
  EffectOptions,
  GroupsOptions,
  LoadWanted,
  Performed,
  PerformedGroups,
  PerformOptions,
  Recovered,
  RecoverOptions,
} from './ledger.ts'
import { Loaded } from './loaded.ts'
import { findOrphans } from './orphans.ts'
import { receiptPath } from './paths.ts'
import { foresee, planWork, type Rules, type Writer } from './planning.ts'
import { readReplays, toGroupResults, toResults } from './results.ts'
import { DEFAULT_MAX_PARALLEL, type Origin, runEffects } from './run-effects.ts'
import type { LedgerOptions, Session } from './session.ts'
import { claimIntents, settleIntents } from './settle-intents.ts'
import { type Snapshot, withAbsent } from './snapshot.ts'
import { transact, type Transacted } from './transact.ts'
import type { EffectFailure, EffectReport, Intent } from './types.ts'

/** What the loop works with. */
export interface LoopParts<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  readonly options: LedgerOptions<State, Command, Event, Eff, Answer, Index>
  readonly branch: Branch<State, Command, Event, Eff, Answer, Index>
  readonly writer: Writer
  /** In whole ms. */
  now(): number
  openSession(): Session
  load(wanted: LoadWanted): Promise<Loaded<State, Eff, Index, undefined>>
}

/** The one loop that performs every command, and recovery, which enters it at its second half. What is only read never loads it. */
export class Loop<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  readonly #parts: LoopParts<State, Command, Event, Eff, Answer, Index>

  constructor(parts: LoopParts<State, Command, Event, Eff, Answer, Index>) {
    this.#parts = parts
  }

  async perform(options: PerformOptions<Command, Eff, Answer, State, Index>): Promise<Performed<State, Event, Eff, Index>> {
    const { branch, writer } = this.#parts
    const { requests } = options
    const decided = await this.#transact(decideRequests(branch, writer, options), options.loaded?.snapshot)
    const replays = await readReplays(branch, decided.snapshot, decided.result.verdicts)
    const { report, snapshot } = await this.#finish(decided.result.intents, options, { origin: 'opened', known: decided.snapshot })
    const loaded = await this.#loaded(
      snapshot,
      requests.flatMap(({ subject, reads = [] }) => [subject, ...reads]),
      options.documents,
    )
    return { ...report, loaded, results: toResults(requests, { verdicts: decided.result.verdicts, replays, loaded }) }
  }

  async performGroups(options: GroupsOptions<State, Command, Eff, Answer, Index>): Promise<PerformedGroups<State, Event, Eff, Index>> {
    const { branch, writer } = this.#parts
    const known = options.loaded?.snapshot
    const rules = decideGroups(branch, writer, options)
    // On what is known already, only to find what else has to be read.
    if (known !== undefined) await foresee(branch, writer, { rules, known, at: this.#parts.now() })
    const decided = await this.#transact(rules, known)
    const replays = await readReplays(branch, decided.snapshot, decided.result.verdicts)
    const { report, snapshot } = await this.#finish(decided.result.intents, options, { origin: 'opened', known: decided.snapshot })
    const loaded = await this.#loaded(snapshot, options.subjects, options.documents)
    return { ...report, loaded, results: toGroupResults(decided.result.verdicts, replays) }
  }

  async recover(options: RecoverOptions<Eff, Answer, State, Index>): Promise<Recovered<State, Event, Eff, Index>> {
    const loaded = options.loaded ?? (await this.#parts.load({ subjects: [], idempotencyKeys: [] }))
    const { branch, writer } = this.#parts
    const { run, isAttemptCompleted } = this.#parts.options
    const looked = loaded.intents.filter(({ subject }) => !options.except?.includes(subject))
    const orphans = await findOrphans(looked, { run, now: this.#parts.now(), isAttemptCompleted })
    if (orphans.length === 0 || options.isDryRun === true) {
      return { claimed: orphans, outcomes: [], failures: [], lost: [], loaded: loaded.without() }
    }
    const claimed = await this.#transact(claimIntents(branch, writer, orphans), loaded.snapshot)
    const { report, snapshot } = await this.#finish(claimed.result, options, { origin: 'claimed', known: claimed.snapshot })
    return {
      ...report,
      claimed: claimed.result,
      loaded: await this.#loaded(snapshot, [...loaded.subjects, ...orphans.map(({ subject }) => subject)]),
    }
  }

  /** The second half of the loop. */
  async #finish(
    intents: readonly Intent<Eff>[],
    options: EffectOptions<Eff, Answer, State, Index>,
    start: { readonly origin: Origin; readonly known: Snapshot },
  ): Promise<{ report: EffectReport<Event, Eff>; snapshot: Snapshot }> {
    const outcomes: EffectReport<Event, Eff>['outcomes'][number][] = []
    const failures: EffectFailure<Eff>[] = []
    const lost: Intent<Eff>[] = []
    const maxParallel = options.maxParallel ?? DEFAULT_MAX_PARALLEL
    let { origin, known: snapshot } = start
    for (let open = intents; open.length > 0; origin = 'opened') {
      const answers = await runEffects(options.handlers, open, { origin, maxParallel })
      failures.push(...answers.failures)
      if (answers.answered.length === 0) break
      const settled = await this.#transact(settleIntents(this.#parts.branch, this.#parts.writer, answers.answered), snapshot)
      outcomes.push(...settled.result.events)
      lost.push(...settled.result.lost)
      open = settled.result.intents
      snapshot = settled.snapshot
    }
    return { report: { outcomes, failures, lost }, snapshot }
  }

  async #transact<Result>(
    rules: Rules<State, Command, Event, Eff, Answer, Index, Result>,
    before: Snapshot | undefined,
  ): Promise<Transacted<Result>> {
    const { branch, writer, options } = this.#parts
    const known = before && rules.freshKey !== undefined ? withAbsent(before, receiptPath(rules.freshKey)) : before
    return transact(planWork(branch, writer, rules), {
      session: this.#parts.openSession(),
      place: options.store.place,
      now: () => this.#parts.now(),
      known,
    })
  }

  async #loaded(
    snapshot: Snapshot,
    subjects: readonly string[],
    documents: readonly string[] = [],
  ): Promise<Loaded<State, Eff, Index, undefined>> {
    return Loaded.open(this.#parts.branch, snapshot, { subjects: [...new Set(subjects)], documents, beside: undefined })
  }
}

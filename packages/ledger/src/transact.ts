import { protectedError } from './errors.ts'
import type { Session } from './session.ts'
import { advance, covers, isUnchanged, type Snapshot, toSnapshot, widen } from './snapshot.ts'
import { type LedgerPlace, NOTHING_BESIDE, type Wanted } from './store.ts'

/** What was decided on one snapshot. */
export interface Plan<Result> {
  /** Nothing is written when empty. */
  readonly files: ReadonlyMap<string, string>
  /** What the files name as their writer: one plan's own. */
  readonly transaction: string
  readonly headline: string
  readonly body: string
  readonly result: Result
}

/** One thing to do under the compare-and-swap. */
export interface Work<Result> {
  /** What must be read to decide at this time (ms). A plan may add to it, and is made again then. */
  wanted(at: number): Wanted
  /** Decides anew; called again whenever what was read changed. */
  plan(snapshot: Snapshot, at: number): Promise<Plan<Result>>
  /** The transactions that the receipts of this work name. */
  findTransactions(snapshot: Snapshot): Promise<readonly string[]>
  /** The files that begin a branch. */
  begin(snapshot: Snapshot, at: number): ReadonlyMap<string, string>
}

export interface Transacted<Result> {
  readonly result: Result
  /** The branch as it is after the commit. */
  readonly snapshot: Snapshot
}

export interface TransactOptions {
  readonly session: Session
  readonly place: LedgerPlace
  readonly now: () => number
  /** What was read before, if anything was. It stays known, however often the branch has to be read again. */
  readonly known: Snapshot | undefined
}

/** How often a branch that GitHub calls existing may be missing from what is read next, before a rule must be what forbids it. */
const MAX_MISSES = 5

/**
 * Reads, decides and commits, again and again until the commit lands on the very head that was read. A commit whose answer was lost
 * is looked for before anything is written again: it is there when the receipt names a transaction of ours.
 */
export async function transact<Result>(work: Work<Result>, options: TransactOptions): Promise<Transacted<Result>> {
  const { session, now } = options
  const sent = new Map<string, Plan<Result>>()
  let at = now()
  let snapshot = options.known && covers(options.known, work.wanted(at)) ? options.known : await readAll(work, options)
  at = now()
  let misses = 0
  let decided: { readonly plan: Plan<Result>; readonly on: Snapshot; readonly wanted: Wanted } | undefined
  for (;;) {
    if (!covers(snapshot, work.wanted(at))) snapshot = await readAll(work, options)
    const landed = sent.size === 0 ? undefined : findLanded(sent, await work.findTransactions(snapshot))
    if (landed) return { result: landed.result, snapshot }
    if (!decided || !isUnchanged(decided.on, snapshot, decided.wanted)) {
      const wanted = work.wanted(at)
      decided = { plan: await work.plan(snapshot, at), on: snapshot, wanted }
      // Deciding may show that more has to be known: then that is read, and all of it decided again.
      if (work.wanted(at).files.length > wanted.files.length) {
        decided = undefined
        continue
      }
    }
    const { plan } = decided
    if (plan.files.size === 0) return { result: plan.result, snapshot }
    if (snapshot.head === undefined) {
      if (misses > MAX_MISSES) throw protectedError(options.place, 'the branch could not be created')
      misses += 1
      snapshot = await begin(work, options, { snapshot, at, misses })
      continue
    }
    const { files, headline, body } = plan
    const attempt = await session.commit({ expectedHead: snapshot.head, additions: files, deletions: [], headline, body })
    if (attempt.kind === 'committed') return { result: plan.result, snapshot: advance(snapshot, attempt.head, files) }
    sent.set(plan.transaction, plan)
    await session.pause(attempt)
    snapshot = await readAll(work, options)
    at = now()
  }
}

function findLanded<Result>(sent: ReadonlyMap<string, Plan<Result>>, transactions: readonly string[]): Plan<Result> | undefined {
  const name = transactions.find((transaction) => sent.has(transaction))
  return name === undefined ? undefined : sent.get(name)
}

async function begin<Result>(
  work: Work<Result>,
  options: TransactOptions,
  on: { snapshot: Snapshot; at: number; misses: number },
): Promise<Snapshot> {
  const files = work.begin(on.snapshot, on.at)
  const outcome = await options.session.create(files)
  if (outcome.kind === 'created') return advance(on.snapshot, outcome.head, files)
  // Somebody else began it just now: only a branch that stays missing is worth a wait.
  if (on.misses > 1) await options.session.pause(outcome)
  return readAll(work, options)
}

async function readAll<Result>(work: Work<Result>, { session, now, known }: TransactOptions): Promise<Snapshot> {
  return toSnapshot(await session.read(widen(work.wanted(now()), known), NOTHING_BESIDE))
}

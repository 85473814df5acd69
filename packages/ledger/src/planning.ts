import { type Actor, type Decider, type DomainEvent, type Effect, hashOf, type RunRef } from '@switchyard/core'
import type { Branch } from './branch.ts'
import { type Cause, Draft } from './draft.ts'
import { hashKey } from './paths.ts'
import type { IntentRecord } from './record-types.ts'
import type { Snapshot } from './snapshot.ts'
import type { Plan, Work } from './transact.ts'
import type { Intent } from './types.ts'

/** Who writes, and as whom. */
export interface Writer {
  readonly run: RunRef
  readonly actor: Actor
  /** Until when whoever writes now may go on, by GitHub's clock. */
  newLease(): number
  /** A name for one plan that no other process has. */
  nextTransaction(): string
}

/** What a plan's rules get: the draft to add to, and the snapshot it is made on. */
export interface Drafting<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  readonly draft: Draft<State, Command, Event, Eff, Answer, Index>
  readonly snapshot: Snapshot
  readonly at: number
}

export interface Drafted<Result> {
  readonly result: Result
  /** False: nothing of the draft is written. */
  readonly isWritten: boolean
}

/** The parts of a piece of work that differ; the rest is the same for deciding, claiming and settling. */
export interface Rules<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index, Result> {
  /** What is read; drafting may add to it, and is done again then. */
  readonly subjects: readonly string[]
  /** Hashed idempotency keys whose receipts are read. */
  readonly keys: readonly string[]
  /** One of the keys that no earlier commit can have used, since it names claims that still stand in what is known. */
  readonly freshKey?: string
  draft(drafting: Drafting<State, Command, Event, Eff, Answer, Index>): Promise<Drafted<Result>>
}

/** Decides on what is known, only for what the rules then ask to be read beside it. Nothing of it stands. */
export async function foresee<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index, Result>(
  branch: Branch<State, Command, Event, Eff, Answer, Index>,
  writer: Writer,
  on: { readonly rules: Rules<State, Command, Event, Eff, Answer, Index, Result>; readonly known: Snapshot; readonly at: number },
): Promise<void> {
  const { rules, known: snapshot, at } = on
  await rules.draft({ draft: await openDraft(branch, writer, { rules, snapshot, at, transaction: '' }), snapshot, at })
}

async function openDraft<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  branch: Branch<State, Command, Event, Eff, Answer, Index>,
  writer: Writer,
  on: {
    readonly rules: Pick<Rules<State, Command, Event, Eff, Answer, Index, unknown>, 'subjects'>
    readonly snapshot: Snapshot
    readonly at: number
    readonly transaction: string
  },
): Promise<Draft<State, Command, Event, Eff, Answer, Index>> {
  const { rules, snapshot, at, transaction } = on
  const fold = await branch.open(snapshot, { subjects: rules.subjects, documents: branch.documents(at, rules.subjects) })
  return new Draft(branch.decider, await branch.recordParser(), { fold, options: { at, run: writer.run, transaction } })
}

/** A piece of work under the compare-and-swap, from the rules that are its own. */
export function planWork<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index, Result>(
  branch: Branch<State, Command, Event, Eff, Answer, Index>,
  writer: Writer,
  rules: Rules<State, Command, Event, Eff, Answer, Index, Result>,
): Work<Result> {
  const { subjects, keys } = rules
  return {
    wanted: (at) => branch.wanted({ subjects, keys, at }),
    begin: (snapshot, at) => branch.begin(snapshot, at),
    async findTransactions(snapshot) {
      const receipts = await Promise.all(keys.map((key) => branch.findReceipt(snapshot, key)))
      return receipts.flatMap((receipt) => (receipt ? [receipt.transaction] : []))
    },
    async plan(snapshot, at): Promise<Plan<Result>> {
      const transaction = writer.nextTransaction()
      const draft = await openDraft(branch, writer, { rules, snapshot, at, transaction })
      const { result, isWritten } = await rules.draft({ draft, snapshot, at })
      return { result, transaction, files: isWritten ? draft.renderFiles() : new Map(), ...describe(branch.decider.stream, draft.records) }
    },
  }
}

/** The commit's message: the branch's log is read by people. Types and subjects are names, not texts of strangers. */
function describe(
  stream: string,
  records: readonly { readonly seq: number; readonly type: string; readonly subject: string }[],
): { headline: string; body: string } {
  const counts = [...Map.groupBy(records, ({ type }) => type)].map(([type, { length }]) => (length === 1 ? type : `${length} × ${type}`))
  return {
    headline: `${stream}: ${counts.join(', ')}`.slice(0, 200),
    body: records
      .slice(0, MAX_LINES)
      .map(({ seq, type, subject }) => `${seq} ${type} ${JSON.stringify(subject)}`)
      .join('\n'),
  }
}

const MAX_LINES = 50

/** Records that effects are about to begin. Returns the intents. */
export function addIntents<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  draft: Draft<State, Command, Event, Eff, Answer, Index>,
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
  from: { readonly effects: readonly Eff[]; readonly cause: Cause; readonly writer: Writer },
): Intent<Eff>[] {
  const { cause, writer } = from
  return from.effects.map((effect) => {
    const id = intentId(decider.stream, cause.subject, effect.id)
    draft.addEffectEvent('effect.intended', { intent: id, effect, claimed_by: writer.run, lease_until: writer.newLease() }, cause)
    return getIntent(decider, draft.fold.intents, id)
  })
}

/** An intent's name: an effect's name is unique within its subject for ever, so this one is within the stream. */
function intentId(stream: string, subject: string, effectId: string): string {
  return hashOf([stream, subject, effectId]).slice(0, 32)
}

/** An open intent as handlers see it. */
export function getIntent<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
  intents: ReadonlyMap<string, IntentRecord>,
  id: string,
): Intent<Eff> {
  const record = intents.get(id)
  if (!record) throw new RangeError(`No open intent ${id}`)
  return {
    id,
    subject: record.subject,
    effect: decider.parse.effect(record.effect),
    correlationId: record.correlation_id,
    openedAt: record.opened_at,
    openedSeq: record.opened_seq,
    claimedBy: record.claimed_by,
    claimedSeq: record.claimed_seq,
    leaseUntil: record.lease_until,
  }
}

/** The key of a commit that the ledger makes by itself: the same for the same intents under the same claims, in whatever order. */
export function deriveKey(verb: string, intents: readonly { readonly id: string; readonly claimedSeq: number }[]): string {
  const names = intents.map(({ id, claimedSeq }) => `${id}.${claimedSeq}`).sort()
  return hashKey(`switchyard/${verb}/${names.join(',')}`)
}

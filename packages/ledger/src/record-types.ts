import type { Actor, Effect, RunRef, StreamName } from '@switchyard/core'

/** The one format of records there is. A branch names its own in `ledger.json`. */
export const FORMAT = 1
/** The one version of an event's envelope there is. */
export const SCHEMA_VERSION = 1

/** `ledger.json`: what the branch is. Never changed. */
export interface LedgerRecord {
  readonly format: typeof FORMAT
  readonly stream: StreamName
  /** The repository that holds the branch: a fork's copy is told by it. */
  readonly repository_id: number
  /** ms since the epoch. */
  readonly created_at: number
}

/** An effect that was begun and whose outcome is not recorded yet. */
export interface IntentRecord {
  readonly subject: string
  readonly effect: Effect
  readonly claimed_by: RunRef
  /** The event that gave the claim. Whoever remembers another one lost it to recovery, and may not settle. */
  readonly claimed_seq: number
  /** ms since the epoch. */
  readonly lease_until: number
  readonly opened_seq: number
  /** ms since the epoch. */
  readonly opened_at: number
  readonly correlation_id: string
}

/** `open.json`: what the next transaction and recovery need, found without a scan. */
export interface OpenRecord {
  readonly format: typeof FORMAT
  readonly next_seq: number
  readonly intents: Readonly<Record<string, IntentRecord>>
  readonly index?: unknown
}

/** `state.json`: one subject, folded from its events. */
export interface StateRecord {
  readonly format: typeof FORMAT
  readonly subject: string
  readonly fold_version: number
  readonly seq: number
  readonly batches: number
  readonly state?: unknown
}

/** What a transaction left for whoever asks whether it ran. */
export interface ReceiptRecord {
  readonly format: typeof FORMAT
  readonly seq: number
  readonly transaction: string
  readonly files: readonly string[]
}

/** One line of a batch: what happened, and who caused it when. */
export interface EventRecord {
  readonly id: string
  readonly seq: number
  readonly stream: StreamName
  readonly subject: string
  readonly type: string
  /** ms since the epoch. */
  readonly at: number
  readonly actor: Actor
  readonly run: RunRef
  readonly correlation_id: string
  readonly schema_version: typeof SCHEMA_VERSION
  /** SHA-256 of the idempotency key of what caused it. */
  readonly key: string
  readonly transaction: string
  readonly data?: unknown
}

/** What the ledger itself writes beside the capability's events: the life of an effect. */
export type EffectRecordType = 'effect.intended' | 'effect.claimed' | 'effect.settled'

/** True for the ledger's own events: they change intents, and no capability's state. */
export function isEffectRecord(record: { readonly type: string }): boolean {
  return record.type.startsWith('effect.')
}

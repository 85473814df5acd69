import { STREAMS } from '@switchyard/core'
import { z } from 'zod'
import { FORMAT, SCHEMA_VERSION } from './record-types.ts'
import type * as types from './record-types.ts'

const count = z.int().nonnegative()
const milliseconds = z.int().describe('Milliseconds since the epoch, UTC')
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

// Loose objects: a newer writer may add optional fields, and what we write back keeps them.
const actor = z.looseObject({ login: z.string(), kind: z.enum(['user', 'system', 'schedule', 'agent']) })

const run = z.looseObject({ repository: z.string(), run_id: count, run_attempt: count, job: z.string(), url: z.string() })

export const ledgerRecord = z.looseObject({
  format: z.literal(FORMAT),
  stream: z.enum(STREAMS),
  repository_id: count.describe('The repository that holds the branch. A fork has another'),
  created_at: milliseconds,
}) satisfies z.ZodType<types.LedgerRecord>

export const intentRecord = z.looseObject({
  subject: z.string(),
  effect: z.looseObject({ id: z.string(), kind: z.string() }),
  claimed_by: run.describe('The job that acts on it'),
  claimed_seq: count.describe('The event that gave the claim: whoever holds another one may not settle it'),
  lease_until: milliseconds,
  opened_seq: count,
  opened_at: milliseconds,
  correlation_id: z.string(),
}) satisfies z.ZodType<types.IntentRecord>

export const openRecord = z.looseObject({
  format: z.literal(FORMAT),
  next_seq: z.int().positive(),
  intents: z.record(z.string(), intentRecord),
  index: z.unknown(),
}) satisfies z.ZodType<types.OpenRecord>

export const stateRecord = z.looseObject({
  format: z.literal(FORMAT),
  subject: z.string(),
  fold_version: count,
  seq: count.describe('The last event folded in'),
  batches: count.describe("How many batch files the subject has: it decides the next one's folder"),
  state: z.unknown(),
}) satisfies z.ZodType<types.StateRecord>

export const receiptRecord = z.looseObject({
  format: z.literal(FORMAT),
  seq: z.int().positive().describe('The first event recorded for the key'),
  transaction: z.string().describe('Which commit try wrote it: tells my own lost answer from a twin of me'),
  files: z.array(z.string()).min(1).describe("The batches that hold the key's events"),
}) satisfies z.ZodType<types.ReceiptRecord>

export const eventRecord = z.looseObject({
  id: z.string(),
  seq: z.int().positive(),
  stream: z.enum(STREAMS),
  subject: z.string(),
  type: z.string(),
  at: milliseconds,
  actor,
  run,
  correlation_id: z.string(),
  schema_version: z.literal(SCHEMA_VERSION),
  key: sha256Hex.describe('SHA-256 of the idempotency key of what caused it'),
  transaction: z.string(),
  data: z.unknown(),
}) satisfies z.ZodType<types.EventRecord>

/** `effect.intended`: written before the effect is begun. */
export const intendedData = z.looseObject({
  intent: z.string(),
  effect: z.looseObject({ id: z.string(), kind: z.string() }),
  claimed_by: run,
  lease_until: milliseconds,
})

/** `effect.claimed`: recovery took an orphan over, before it asks or acts. */
export const claimedData = z.looseObject({ intent: z.string(), claimed_by: run, lease_until: milliseconds })

/** `effect.settled`: the outcome is on the branch. */
export const settledData = z.looseObject({ intent: z.string() })

import { z } from 'zod'
import { commitRecord, cursorRecord, failureRecord, planRecord, repositoryRecord, textRefRecord } from './parts.ts'

export const RUN_STATUSES = ['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'FAILED_NEEDS_CLEANUP', 'CANCELLED'] as const

export const runRecord = z.object({
  plan: planRecord,
  status: z.enum(RUN_STATUSES),
  repository: repositoryRecord.nullable(),
  pushed_commit: commitRecord.nullable(),
  /** ms since the epoch. */
  push_completed_at: z.int().nonnegative().nullable(),
  started_at: z.int().nonnegative().nullable(),
  finished_at: z.int().nonnegative().nullable(),
  error: failureRecord.nullable(),
  log: textRefRecord.nullable(),
  warnings: z.array(z.string()),
  /** A repository was made that the run did not finish. */
  needs_cleanup: z.boolean(),
  /** Something of it is still under way: another run would meet it. */
  is_under_way: z.boolean(),
  cleanup: z.object({ outcome: z.enum(['deleted', 'resolved']), by: z.string(), at: z.int().nonnegative() }).nullable(),
  /** How often a deletion was asked for: effect ids are made of it. */
  cleanups_asked: z.int().nonnegative(),
})

export const updateRecord = z.object({
  branch: z.string(),
  status: z.enum(['requested', 'opened', 'failed']),
  tries: z.int().positive(),
  number: z.int().positive().nullable(),
  url: z.string().nullable(),
})

/** Of one `owner/slug`: its runs, newest last, and its updates; of one issue: how far its comments are handled. */
export const stateRecord = z.object({
  runs: z.array(runRecord),
  /** The last time at which somebody cancelled, ms. */
  cancelled_at: z.int().nonnegative().nullable(),
  updates: z.record(z.string(), updateRecord),
  cursor: cursorRecord.nullable(),
})

/** What decisions need of all subjects. */
export const indexRecord = z.object({
  /** When each actor started runs, ms, the last hour only. */
  starts: z.record(z.string(), z.array(z.int().nonnegative())),
  /** The commit that each `owner/name@tag` was when it was last used. */
  tags: z.record(z.string(), commitRecord),
})

export type Run = z.infer<typeof runRecord>
export type RunStatus = (typeof RUN_STATUSES)[number]
export type UpdateState = z.infer<typeof updateRecord>
export type BootstrapState = z.infer<typeof stateRecord>
export type BootstrapIndex = z.infer<typeof indexRecord>

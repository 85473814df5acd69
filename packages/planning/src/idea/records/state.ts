import { z } from 'zod'
import {
  effectIdRecord,
  failureRecord,
  issueRecord,
  itemsRecord,
  numberRecord,
  planRecord,
  roundSummaryRecord,
  statusRecord,
  targetRecord,
  textRefRecord,
  timeRecord,
  unlistedRecord,
} from './parts.ts'

/** Who is making the issues, while they are made. */
export const convergingRecord = z.object({
  effect_id: effectIdRecord,
  kind: z.enum(['materialise', 'sync']),
  /** What it makes them of; the saved plan is another one until it is done. */
  plan: planRecord,
  target: targetRecord,
  items: z.int().nonnegative(),
  run: z.object({ repository: z.string(), run_id: z.int().nonnegative(), url: z.string() }),
  by: z.string(),
  at: timeRecord,
})

export const ideaRecord = z.object({
  issue: issueRecord,
  status: statusRecord,
  /** Where a cancel leads back to; null: nothing runs. */
  before: statusRecord.nullable(),
  plan: planRecord.nullable(),
  /** Of the saved plan's review, oldest first; an upload supersedes it. */
  rounds: z.array(roundSummaryRecord),
  /** When the review of the saved plan ended. */
  reviewed_at: timeRecord.nullable(),
  approver: z.string().nullable(),
  /** Where the plan's issues stand, once there are any. */
  target: targetRecord.nullable(),
  items: itemsRecord,
  /** Numbers of the plan's issues without children: what progress is counted by. */
  leaves: z.array(numberRecord),
  /** Numbers of issues closed as done, sorted. */
  done: z.array(numberRecord),
  /** Numbers of issues closed as not planned, sorted. */
  not_planned: z.array(numberRecord),
  /** Numbers of those among them that were deleted or moved away, sorted; left out as long as none ever was. */
  gone: z.array(numberRecord).optional(),
  /** What was written to GitHub last. */
  applied: textRefRecord.nullable(),
  /** What a failed try may have made beside `items`, until a later one has seen to it; null: nothing. */
  unlisted: unlistedRecord.nullable(),
  /** How often issues were to be made: effect ids are made of it. */
  converges: z.int().nonnegative(),
  converging: convergingRecord.nullable(),
  /** The plan that issues were to be made of last, where that failed: some have its keys. Left out: `plan` has them all. */
  attempted: planRecord.optional(),
  /** Why making the issues failed last, until it is tried again. */
  failure: failureRecord.extend({ at: timeRecord }).nullable(),
})

/** An idea of which nothing is recorded yet is a DRAFT. */
export const stateRecord = z.object({ idea: ideaRecord.nullable() })

/** Small facts about all ideas. */
export const indexRecord = z.object({
  /** When each user uploaded plans, ms, the last hour only. */
  uploads: z.record(z.string(), z.array(timeRecord)),
  /** By repository id: which documents of the view `ideas` there are, ascending. */
  pages: z.record(z.string(), z.array(z.int().nonnegative())),
})

export type Idea = z.infer<typeof ideaRecord>
export type Converging = z.infer<typeof convergingRecord>
export type PlanState = z.infer<typeof stateRecord>
export type PlanIndex = z.infer<typeof indexRecord>

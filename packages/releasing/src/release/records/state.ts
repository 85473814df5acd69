import { z } from 'zod'
import { RELEASE_STATUSES } from '../../model.ts'
import {
  approvalRecord,
  begunRunRecord,
  boardRecord,
  boxEditRecord,
  cellRecord,
  cursorRecord,
  customerRecord,
  customStepRecord,
  releaseFactsRecord,
  runRecord,
  templateStepRecord,
} from './parts.ts'

/** A release that was activated: what its customers' own states are read against. */
export const releaseRecord = releaseFactsRecord.extend({
  status: z.enum(RELEASE_STATUSES),
  activated_at: z.int().nonnegative(),
  activated_by: z.string(),
  /** Deploy steps in their order, then verify steps; removed ones where they stood. */
  steps: z.array(templateStepRecord),
  /** How many steps it began with: pages are planned for so many, whatever the template gains, so that nobody moves. */
  planned_steps: z.int().nonnegative(),
  /** In the order in which they joined. */
  customers: z.array(customerRecord),
  board: boardRecord.nullable(),
  /** Which run made it need issues last: it opens them, and others only once that one is over. */
  opener: runRecord.optional(),
  /** The last comment that had its outcome, by issue. */
  cursors: z.record(z.string(), cursorRecord),
  /** Contents that an admin approved, by environment. */
  approved: z.record(z.string(), z.array(approvalRecord)),
})

/** One customer's own part of a release: what is pending has no record. */
export const customerStateRecord = z.object({
  cells: z.record(z.string(), cellRecord),
  customs: z.array(customStepRecord),
  /** The last edit of a box that was read, by step. */
  edits: z.record(z.string(), boxEditRecord).optional(),
  /** Runs that have begun and are not known to have ended, by step. */
  runs: z.record(z.string(), begunRunRecord).optional(),
  /** How many were ever added: their ids are made of it. */
  customs_added: z.int().nonnegative(),
})

/** A subject is a release or one of its customers; before its first event it is neither. */
export const stateRecord = z.object({ release: releaseRecord.nullable(), customer: customerStateRecord.nullable() })

/** Small facts about all releases. */
export const indexRecord = z.object({ slugs: z.record(z.string(), z.enum(RELEASE_STATUSES)) })

export type ReleaseState = z.infer<typeof releaseRecord>
export type CustomerState = z.infer<typeof customerStateRecord>
export type State = z.infer<typeof stateRecord>
export type ReleaseIndex = z.infer<typeof indexRecord>

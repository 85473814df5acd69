import { z } from 'zod'
import { LEVELS } from '../../model.ts'
import { SEVERITIES, VERDICTS } from '../../review/model.ts'
import { MAX_FAILURE } from '../limits.ts'
import { IDEA_STATUSES } from '../status.ts'

const count = z.int().nonnegative()
const time = z.int().nonnegative().describe('Milliseconds since the epoch, UTC')

export const hashRecord = z.string().regex(/^[0-9a-f]{64}$/)
export const textRefRecord = z.object({ blobs: z.array(hashRecord).readonly(), bytes: count })
export const statusRecord = z.enum(IDEA_STATUSES)
export const effectIdRecord = z.string().min(1)
export const numberRecord = z.int().positive()
export const timeRecord = time

/** The issue that an idea is, as it was when something was asked of it. */
export const issueRecord = z.object({
  number: numberRecord,
  title: z.string(),
  /** The login of its author; null: the account is gone. */
  owner: z.string().nullable(),
})

/** Where a plan's text came from. */
export const sourceRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), path: z.string(), commit: z.string() }),
  z.object({ kind: z.literal('comment'), id: count }),
  z.object({ kind: z.literal('issue') }),
])

/** A plan that was saved. */
export const planRecord = z.object({
  text: textRefRecord,
  sha256: hashRecord,
  title: z.string(),
  stories: count,
  tasks: count,
  source: sourceRecord,
})

/** What the issues are made in; `repository`: `owner/name`. */
export const targetRecord = z.object({ id: numberRecord, repository: z.string() })

/** Whose token writes the issues: an account's database id, which no other ever has, and its login. */
export const writerRecord = z.object({ id: numberRecord, login: z.string() })

/** Issues that may be there unknown to the ledger: made since a moment by these accounts, and known by their marks alone. */
export const unlistedRecord = z.object({ since: time, writers: z.array(writerRecord).readonly() })

/** The plan's issues by key. */
export const itemsRecord = z.record(z.string(), numberRecord)

/** One issue to be, as short as a thousand of them need it: key, level, the place of its parent in the list (from 0). */
export const keyRecord = z.tuple([z.string(), z.enum(LEVELS), count.nullable()]).readonly()

/** One issue of the tree: key, level, the place of its parent in this list (from 0), its number. null: there is none. */
export const treeItemRecord = z.tuple([z.string(), z.enum(LEVELS), count.nullable(), numberRecord.nullable()]).readonly()

/**
 * How far the issues without children are: `done` as planned, `not_planned` closed without being done. `open`: of all issues, those with
 * children too. `gone`: of those, the ones that were deleted or moved away; left out: none.
 */
export const progressRecord = z.object({ done: count, not_planned: count, total: count, open: count, gone: count.optional() })

/** What became of one issue. */
export const itemChangeRecord = z.object({ number: numberRecord, now: z.enum(['done', 'not_planned', 'open']) })

export const failureRecord = z.object({ code: z.string(), message: z.string().max(MAX_FAILURE), hint: z.string().max(MAX_FAILURE) })

export const findingRecord = z.object({ severity: z.enum(SEVERITIES), where: z.string(), text: z.string() })

export const roundRecord = z.object({
  round: numberRecord,
  reviewer: z.string(),
  findings: z.array(findingRecord),
  verdict: z.enum(VERDICTS),
  convergence: z.number().min(0).max(1),
  reviewed_at: z.string(),
  revised: z.boolean(),
})

/** A round without its findings, of which it has the numbers. */
export const roundSummaryRecord = roundRecord
  .omit({ findings: true })
  .extend({ findings: z.object({ blocker: count, major: count, minor: count, note: count }) })

export type PlanSource = z.infer<typeof sourceRecord>
export type Target = z.infer<typeof targetRecord>
export type Writer = z.infer<typeof writerRecord>
export type Unlisted = z.infer<typeof unlistedRecord>
export type KeyRecord = z.infer<typeof keyRecord>
export type ItemChange = z.infer<typeof itemChangeRecord>
export type IssueRecord = z.infer<typeof issueRecord>
export type SavedPlan = z.infer<typeof planRecord>
export type TreeItem = z.infer<typeof treeItemRecord>
export type Progress = z.infer<typeof progressRecord>
export type Failure = z.infer<typeof failureRecord>
export type RoundRecord = z.infer<typeof roundRecord>
export type RoundSummary = z.infer<typeof roundSummaryRecord>

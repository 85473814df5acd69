import { z } from 'zod'
import { CATEGORIES, RELEASE_TYPES, STEP_STATUSES, STEP_TYPES } from '../../model.ts'
import { MAX_NOTES, MAX_PERSON } from '../text-limits.ts'

export const hashRecord = z.string().regex(/^[0-9a-f]{64}$/)
export const textRefRecord = z.object({ blobs: z.array(hashRecord).readonly(), bytes: z.int().nonnegative() })
export const stepIdRecord = z.string().min(1).max(64)

export const notesRecord = z.string().max(MAX_NOTES)
export const personRecord = z.string().max(MAX_PERSON)

/** A step's words: what a customer's copy has of its own, once it has. */
export const stepTextRecord = z.object({ name: z.string(), type: z.enum(STEP_TYPES), content: textRefRecord, description: z.string() })

export const templateStepRecord = stepTextRecord.extend({
  id: stepIdRecord,
  category: z.enum(CATEGORIES),
  /** Gone from the file: copies that were carried out remain, without a template. */
  removed: z.boolean(),
  /** How often it came back after it was gone: what was pending before then is gone for good. */
  returns: z.int().nonnegative(),
})

export const customerRecord = z.object({ cluster: z.string(), namespace: z.string(), name: z.string() })

export const metadataRecord = z.record(z.string(), z.json())

export const releaseFactsRecord = z.object({
  slug: z.string(),
  name: z.string(),
  type: z.enum(RELEASE_TYPES),
  version_number: z.string(),
  release_date: z.string().nullable(),
  description: z.string(),
  /** Whatever else the file says of it, for other tools. */
  metadata: metadataRecord,
  /** What the release is of. */
  commit: z.string(),
})

/** What follows the file for as long as the release is worked off. */
export const fileFactsRecord = releaseFactsRecord.omit({ slug: true, commit: true })

/** Where a custom step stands among the others. */
export const anchorRecord = z.object({ position: z.enum(['before', 'after']), step: stepIdRecord })

export const customStepRecord = stepTextRecord.extend({
  id: stepIdRecord,
  category: z.enum(CATEGORIES),
  /** null: behind all others of its category. */
  anchor: anchorRecord.nullable(),
})

export const lastRunRecord = z.object({ exit_code: z.int(), conclusion: z.string(), url: z.string(), at: z.int().nonnegative() })

/** A run of a workflow, as it is asked of GitHub. */
export const runRecord = z.object({
  repository: z.string(),
  run_id: z.int().nonnegative(),
  run_attempt: z.int().positive(),
  job: z.string(),
  url: z.string(),
})

/** A run of a step that has begun, and whose end nobody recorded. */
export const begunRunRecord = z.object({
  sha256: hashRecord,
  run_id: z.int().nonnegative(),
  run_attempt: z.int().positive(),
  url: z.string(),
  at: z.int().nonnegative(),
  by: z.string(),
})

/** What one customer's copy of a step has beyond its template. A copy without a record is pending. */
export const cellRecord = z.object({
  status: z.enum(STEP_STATUSES),
  executed_at: z.int().nonnegative().nullable(),
  executed_by: z.string().nullable(),
  skip_reason: notesRecord.nullable(),
  notes: notesRecord.nullable(),
  last_run: lastRunRecord.nullable(),
  /** Whether its content is the customer's own, in place of the template's. */
  is_overridden: z.boolean(),
  /** The template's `returns` when something was last done with it. */
  returns: z.int().nonnegative(),
  /** The words that it was carried out or overridden with: what the template says later is another matter. */
  kept: stepTextRecord.nullable(),
})

/** When a board was edited, and by which run the edit was read: edits made in one second were read by later runs the later they were. */
export const boxEditRecord = z.object({ at: z.int().nonnegative(), run: z.int().nonnegative() })

export const rejectedRecord = z.object({ code: z.string(), message: z.string(), hint: z.string() })
export const cursorRecord = z.object({ created_at: z.string(), id: z.int().nonnegative() })
export const boardRecord = z.object({ issue: z.int().positive(), pages: z.array(z.int().positive()) })

/** Content that may run though it is not the default branch's, and as what. */
export const approvalRecord = z.object({ type: z.enum(STEP_TYPES), sha256: hashRecord })

export type TemplateStepRecord = z.infer<typeof templateStepRecord>
export type CustomerRecord = z.infer<typeof customerRecord>
export type ReleaseFacts = z.infer<typeof releaseFactsRecord>
export type Metadata = z.infer<typeof metadataRecord>
export type FileFacts = z.infer<typeof fileFactsRecord>
export type CustomStep = z.infer<typeof customStepRecord>
export type StepText = z.infer<typeof stepTextRecord>
export type Cell = z.infer<typeof cellRecord>
export type LastRun = z.infer<typeof lastRunRecord>
export type BegunRun = z.infer<typeof begunRunRecord>
export type Anchor = z.infer<typeof anchorRecord>
export type BoxEdit = z.infer<typeof boxEditRecord>
export type CommentCursor = z.infer<typeof cursorRecord>

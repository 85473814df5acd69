import { z } from 'zod'
import { CREATE_ISSUES, VISIBILITIES } from '../facts.ts'
import { REASONS } from '../reasons.ts'

const id = z.int().positive()

export const visibilityRecord = z.enum(VISIBILITIES)
export const reasonRecord = z.enum(REASONS)

export const linkRecord = z.object({ repository_id: id, workflow: z.string() })

export const chainRecord = z.object({
  correlation_id: z.string(),
  depth: z.int().nonnegative(),
  ancestors: z.array(linkRecord),
})

/** The completed run, as far as records need it. */
export const sourceRecord = z.object({
  repository_id: id,
  repository: z.string(),
  visibility: visibilityRecord,
  workflow: z.string(),
  run_id: id,
  run_attempt: id,
  url: z.string(),
})

export const targetRecord = z.object({
  /** null: it was not found, so only its name is known. */
  repository_id: id.nullable(),
  repository: z.string(),
  visibility: visibilityRecord.nullable(),
  workflow: z.string(),
  /** null: not known, since the target was not found. */
  ref: z.string().nullable(),
})

/** What becomes of problems: which issues are written, where, and who sees them. */
export const issuePolicyRecord = z.object({
  create: z.enum(CREATE_ISSUES),
  repository: z.string(),
  visibility: visibilityRecord,
})

/** One run that may be the one a lost answer was about. */
export const candidateRecord = z.object({ run_id: id, url: z.string() })

export type SourceRecord = z.infer<typeof sourceRecord>
export type TargetRecord = z.infer<typeof targetRecord>
export type IssuePolicy = z.infer<typeof issuePolicyRecord>
export type CandidateRecord = z.infer<typeof candidateRecord>

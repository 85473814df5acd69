import { z } from 'zod'
import { VISIBILITIES } from '../../model.ts'
import { MAX_ERROR_LENGTH } from '../limits.ts'

export const sha256Record = z.string().regex(/^[0-9a-f]{64}$/)
/** A git commit. */
export const commitRecord = z.string().regex(/^[0-9a-f]{40}$/)
export const runIdRecord = z.string().regex(/^[0-9a-f]{16}$/)
export const textRefRecord = z.object({ blobs: z.array(sha256Record).readonly(), bytes: z.int().nonnegative() })

/** The steps of a run, in their order. */
export const STEPS = ['create-repository', 'push', 'apply-settings'] as const
export const stepRecord = z.enum(STEPS)

/** Everything a run needs to be carried out, or to be carried out again by the next attempt: all known before anything is written. */
export const planRecord = z.object({
  run_id: runIdRecord,
  owner: z.string(),
  owner_kind: z.enum(['user', 'organization']),
  slug: z.string(),
  visibility: z.enum(VISIBILITIES),
  requested_by: z.object({ login: z.string(), id: z.int().nonnegative() }),
  /** ms since the epoch: the time of the commit that is pushed. */
  requested_at: z.int().nonnegative(),
  selected_options: z.record(z.string(), z.array(z.string()).readonly()),
  /** The resolved actions, as they are hashed. */
  recipe: textRefRecord,
  recipe_hash: sha256Record,
  catalog_version: sha256Record,
  action_schema_version: z.string(),
  template_repo: z.string(),
  template_version: z.string(),
  template_source_sha: commitRecord,
  approval_hash: sha256Record,
  /** The commit that will be pushed; null where GitHub makes it, since only its signature passes. */
  commit: commitRecord.nullable(),
  /** The run that failed and is tried again; null for a first try. */
  retry_of: runIdRecord.nullable(),
  /** Where it was asked for and is told of, by the number of the issue in the repository of this id; null when nobody is to be told. */
  issue: z.object({ repository_id: z.int().positive(), number: z.int().positive() }).nullable(),
})

/** A repository that was made for us. */
export const repositoryRecord = z.object({
  id: z.int().positive(),
  full_name: z.string(),
  url: z.string(),
  /** ms since the epoch, by GitHub. */
  created_at: z.int().nonnegative(),
})

export const failureRecord = z.object({ code: z.string(), message: z.string().max(MAX_ERROR_LENGTH) })

/** Where the newest comment that was acted on stands among an issue's comments. */
export const cursorRecord = z.object({ created_at: z.string(), id: z.int().nonnegative() })

export type Plan = z.infer<typeof planRecord>
export type MadeRepository = z.infer<typeof repositoryRecord>
export type Failure = z.infer<typeof failureRecord>
export type Step = z.infer<typeof stepRecord>
export type CommentCursor = z.infer<typeof cursorRecord>

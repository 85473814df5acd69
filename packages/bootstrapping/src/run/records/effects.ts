import { z } from 'zod'
import { commitRecord, planRecord, repositoryRecord, runIdRecord, textRefRecord } from './parts.ts'

const ofRun = { id: z.string().min(1), run_id: runIdRecord }

export const createRepositoryRecord = z.object({
  ...ofRun,
  kind: z.literal('create-repository'),
  ...planRecord.pick({ owner: true, owner_kind: true, slug: true, visibility: true, commit: true }).shape,
})

export const pushRecord = z.object({ ...ofRun, kind: z.literal('push'), repository: repositoryRecord, commit: commitRecord.nullable() })

export const applySettingsRecord = z.object({
  ...ofRun,
  kind: z.literal('apply-settings'),
  repository: repositoryRecord,
  /** The settings among its actions are carried out. */
  recipe: textRefRecord,
  description: z.string(),
})

export const deleteRepositoryRecord = z.object({
  ...ofRun,
  kind: z.literal('delete-repository'),
  repository: repositoryRecord,
  /** The only commit it may hold. */
  commit: commitRecord.nullable(),
  /** Who confirmed it by name. */
  by: z.string(),
})

export const openUpdateRecord = z.object({
  id: z.string().min(1),
  kind: z.literal('open-update'),
  update_id: z.string(),
  repository: z.string(),
  repository_id: z.int().positive(),
  branch: z.string(),
  base: z.string(),
  title: z.string(),
  body: z.string(),
})

export const effectRecord = z.discriminatedUnion('kind', [
  createRepositoryRecord,
  pushRecord,
  applySettingsRecord,
  deleteRepositoryRecord,
  openUpdateRecord,
])

export type CreateRepository = z.infer<typeof createRepositoryRecord>
export type Push = z.infer<typeof pushRecord>
export type ApplySettings = z.infer<typeof applySettingsRecord>
export type DeleteRepository = z.infer<typeof deleteRepositoryRecord>
export type OpenUpdate = z.infer<typeof openUpdateRecord>
export type BootstrapEffect = z.infer<typeof effectRecord>

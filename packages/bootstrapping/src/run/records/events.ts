import { z } from 'zod'
import { commitRecord, cursorRecord, failureRecord, planRecord, repositoryRecord, runIdRecord, stepRecord, textRefRecord } from './parts.ts'

const about = { run_id: runIdRecord }
const update = { update_id: z.string(), repository: z.string(), repository_id: z.int().positive() }

/** Every event of the stream by its type. */
export const EVENT_DATA = {
  /** A run was asked for and nothing forbids it: PENDING. */
  'bootstrap.requested': planRecord,
  /** PENDING → RUNNING. */
  'bootstrap.started': z.object(about),
  'bootstrap.repository-created': z.object({ ...about, repository: repositoryRecord }),
  'bootstrap.pushed': z.object({ ...about, commit: commitRecord }),
  'bootstrap.succeeded': z.object({ ...about, warnings: z.array(z.string()), log: textRefRecord.nullable() }),
  /** Where nothing was made outside it is FAILED, else FAILED_NEEDS_CLEANUP. */
  'bootstrap.failed': z.object({ ...about, step: stepRecord, error: failureRecord, log: textRefRecord.nullable() }),
  /** `run_id` null: nothing ran; a run that was being prepared at this time does not start. */
  'bootstrap.cancelled': z.object({ run_id: runIdRecord.nullable(), asked_at: z.int().nonnegative() }),
  /** What a cancelled run had under way came to an end without a repository. */
  'bootstrap.stopped': z.object(about),
  'bootstrap.cleanup-requested': z.object({ ...about, repository: repositoryRecord, effect_id: z.string() }),
  'bootstrap.cleaned': z.object({ ...about, outcome: z.enum(['deleted', 'resolved']), by: z.string() }),
  'bootstrap.cleanup-failed': z.object({ ...about, error: failureRecord }),
  'bootstrap.update-requested': z.object({ ...update, branch: z.string(), effect_id: z.string() }),
  'bootstrap.update-opened': z.object({ ...update, number: z.int().positive(), url: z.string() }),
  'bootstrap.update-failed': z.object({ ...update, error: failureRecord }),
  'bootstrap.comments-handled': z.object({ cursor: cursorRecord }),
} as const

type EventType = keyof typeof EVENT_DATA

const shape = <Type extends EventType>(type: Type) => z.object({ type: z.literal(type), data: EVENT_DATA[type] })

export const eventRecord = z.discriminatedUnion('type', [
  shape('bootstrap.requested'),
  shape('bootstrap.started'),
  shape('bootstrap.repository-created'),
  shape('bootstrap.pushed'),
  shape('bootstrap.succeeded'),
  shape('bootstrap.failed'),
  shape('bootstrap.cancelled'),
  shape('bootstrap.stopped'),
  shape('bootstrap.cleanup-requested'),
  shape('bootstrap.cleaned'),
  shape('bootstrap.cleanup-failed'),
  shape('bootstrap.update-requested'),
  shape('bootstrap.update-opened'),
  shape('bootstrap.update-failed'),
  shape('bootstrap.comments-handled'),
])

export type BootstrapEvent = z.infer<typeof eventRecord>
export type BootstrapEventOf<Type extends EventType> = Extract<BootstrapEvent, { type: Type }>

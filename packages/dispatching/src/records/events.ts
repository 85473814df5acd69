import { z } from 'zod'
import { candidateRecord, chainRecord, reasonRecord, sourceRecord, targetRecord } from './parts.ts'

const about = { key: z.string(), source: sourceRecord, target: targetRecord }
const started = targetRecord.extend({ repository_id: z.int().positive(), ref: z.string() })
const refused = z.object({ ...about, reason: reasonRecord, effect_id: z.string().nullable() })
const issue = { issue_key: z.string(), effect_id: z.string(), repository: z.string() }
const written = { ...issue, number: z.int().positive(), url: z.string() }

/** Every event of the stream by its type. */
export const EVENT_DATA = {
  'dispatch.requested': z.object({
    ...about,
    target: started,
    effect_id: z.string(),
    chain: chainRecord,
    marker: z.string().nullable(),
    inputs_hash: z.string(),
  }),
  'dispatch.started': z.object({
    ...about,
    target: started,
    effect_id: z.string(),
    chain: chainRecord,
    /** null: GitHub took the dispatch and did not say which run it is. */
    run_id: z.int().positive().nullable(),
    url: z.string().nullable(),
  }),
  'dispatch.skipped': refused,
  'dispatch.denied': refused,
  'dispatch.failed': refused,
  'dispatch.unclear': z.object({ ...about, effect_id: z.string(), reason: z.literal('needs-attention'), candidates: z.array(candidateRecord) }),
  'dispatch.issue-requested': z.object({ ...issue, number: z.int().positive().nullable(), wants: z.enum(['open-issue', 'comment-issue', 'close-issue']) }),
  'dispatch.issue-opened': z.object(written),
  'dispatch.issue-commented': z.object({ ...written, open: z.boolean() }),
  'dispatch.issue-closed': z.object(written),
  'dispatch.issue-failed': z.object({ ...issue, number: z.int().positive().nullable(), status: z.int().nonnegative() }),
} as const

type EventType = keyof typeof EVENT_DATA

const shape = <Type extends EventType>(type: Type) => z.object({ type: z.literal(type), data: EVENT_DATA[type] })

export const eventRecord = z.discriminatedUnion('type', [
  shape('dispatch.requested'),
  shape('dispatch.started'),
  shape('dispatch.skipped'),
  shape('dispatch.denied'),
  shape('dispatch.failed'),
  shape('dispatch.unclear'),
  shape('dispatch.issue-requested'),
  shape('dispatch.issue-opened'),
  shape('dispatch.issue-commented'),
  shape('dispatch.issue-closed'),
  shape('dispatch.issue-failed'),
])

export type DispatchEvent = z.infer<typeof eventRecord>
export type DispatchEventOf<Type extends EventType> = Extract<DispatchEvent, { type: Type }>

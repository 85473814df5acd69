import { z } from 'zod'
import {
  effectIdRecord,
  failureRecord,
  hashRecord,
  issueRecord,
  itemChangeRecord,
  itemsRecord,
  numberRecord,
  planRecord,
  progressRecord,
  roundRecord,
  sourceRecord,
  statusRecord,
  targetRecord,
  textRefRecord,
  treeItemRecord,
  unlistedRecord,
  writerRecord,
} from './parts.ts'

const count = z.int().nonnegative()
/** `by`: the login of whoever asked. */
const moved = { issue: issueRecord, by: z.string(), from_status: statusRecord }
const effect = { effect_id: effectIdRecord }

/** Every event of the stream by its type. */
export const EVENT_DATA = {
  /** A NOTE of the log. `length` in UTF-16 units; `superseded_rounds`: of the review that the plan before it had. */
  'plan.uploaded': z.object({ ...moved, length: count, plan: planRecord, superseded_rounds: count }),
  'plan.grill-started': z.object(moved),
  'plan.grill-finished': z.object(moved),
  'plan.planning-started': z.object(moved),
  'plan.planning-failed': z.object(moved),
  'plan.review-started': z.object(moved),
  /** A PLAN_REVIEW_RESULT of the log. `plan`: as the round revised it. `approver`: who gave the verdict, if it approves. */
  'plan.review-resulted': z.object({
    ...moved,
    to_status: statusRecord,
    round: roundRecord,
    plan: planRecord.nullable(),
    approver: z.string().nullable(),
  }),
  /** `left`: where the issues stand that are the idea's no more, since nothing could be seen of them; left out: none are. */
  'plan.cancelled': z.object({ ...moved, to_status: statusRecord, left: targetRecord.optional() }),
  /** `items`: how many issues there are to be. Their keys are in the intent. `hash`: of the difference that was confirmed, if one was. */
  'plan.materialise-begun': z.object({
    ...moved,
    ...effect,
    target: targetRecord,
    plan_sha256: hashRecord,
    hash: z.string().nullable(),
    items: count,
  }),
  /** `hash`: of the difference that was confirmed. */
  'plan.sync-begun': z.object({ ...moved, ...effect, plan: planRecord, base_sha256: hashRecord, hash: z.string(), items: count }),
  /** The plan of issues that are made is the same, and is read from `source` from now on. */
  'plan.followed': z.object({ ...moved, source: sourceRecord }),
  /** The issues are what `plan` wants, but for conflicts. `tree`: parents first; `dropped`: made for a plan before, and not in this one. */
  'plan.converged': z.object({
    ...effect,
    plan: planRecord,
    target: targetRecord,
    applied: textRefRecord,
    tree: z.array(treeItemRecord),
    dropped: itemsRecord,
    created: count,
    changed: count,
    conflicts: count,
    superseded_rounds: count,
    progress: progressRecord,
    /** Issues that it closed or opened again: what the plan dropped or has again, and parents that followed; left out: none. */
    states: z.array(itemChangeRecord).optional(),
  }),
  /** Another token goes on with the effect, under a new id. */
  'plan.converge-handed-over': z.object({ ...effect, next_effect_id: effectIdRecord, writer: writerRecord }),
  /** `applied` and `items`: what stands on GitHub now; null: what stood there before. `unlisted`: what may stand there beside it. */
  'plan.converge-failed': z.object({
    ...effect,
    target: targetRecord,
    error: failureRecord,
    applied: textRefRecord.nullable(),
    items: itemsRecord.nullable(),
    unlisted: unlistedRecord.nullable(),
  }),
  /** `key` null: its issues are being made, and it is not known yet which this is. */
  'plan.item-closed': z.object({
    number: numberRecord,
    key: z.string().nullable(),
    is_planned: z.boolean(),
    /** Deleted, or moved to another repository. */
    is_gone: z.boolean().optional(),
    progress: progressRecord,
  }),
  'plan.item-reopened': z.object({ number: numberRecord, key: z.string().nullable(), progress: progressRecord }),
} as const

type EventType = keyof typeof EVENT_DATA

const shape = <Type extends EventType>(type: Type) => z.object({ type: z.literal(type), data: EVENT_DATA[type] })

export const eventRecord = z.discriminatedUnion('type', [
  shape('plan.uploaded'),
  shape('plan.grill-started'),
  shape('plan.grill-finished'),
  shape('plan.planning-started'),
  shape('plan.planning-failed'),
  shape('plan.review-started'),
  shape('plan.review-resulted'),
  shape('plan.cancelled'),
  shape('plan.materialise-begun'),
  shape('plan.sync-begun'),
  shape('plan.followed'),
  shape('plan.converged'),
  shape('plan.converge-handed-over'),
  shape('plan.converge-failed'),
  shape('plan.item-closed'),
  shape('plan.item-reopened'),
])

export type PlanEvent = z.infer<typeof eventRecord>
export type PlanEventOf<Type extends EventType> = Extract<PlanEvent, { type: Type }>

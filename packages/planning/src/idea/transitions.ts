import type { IdeaStatus } from './status.ts'

/** What moves an idea from one status to another without any further rule. */
export type Move = 'grill-start' | 'grill-done' | 'plan-start' | 'plan-failed' | 'review-start'

/** Everything that is asked of an idea's status. */
const ASKED = [
  'upload',
  'grill-start',
  'grill-done',
  'plan-start',
  'plan-failed',
  'review-start',
  'review-result',
  'cancel',
  'materialise',
  'sync',
  'follow',
] as const
export type Asked = (typeof ASKED)[number]

/** From which statuses each is allowed. Source: plan contract, the table of states. */
export const ALLOWED_FROM: Readonly<Record<Asked, readonly IdeaStatus[]>> = {
  upload: ['DRAFT', 'GRILLED', 'PLAN_FAILED', 'PLAN_READY', 'PLAN_REVIEWED', 'PLAN_REVIEW_FAILED'],
  'grill-start': ['DRAFT'],
  'grill-done': ['GRILLING'],
  'plan-start': ['GRILLED', 'PLAN_FAILED'],
  'plan-failed': ['PLANNING'],
  'review-start': ['PLAN_READY', 'PLAN_REVIEW_FAILED'],
  'review-result': ['REVIEWING_PLAN'],
  cancel: ['GRILLING', 'PLANNING', 'REVIEWING_PLAN'],
  materialise: ['PLAN_READY', 'PLAN_REVIEWED'],
  sync: ['PLANNED'],
  follow: ['PLANNED'],
}

export const MOVES = {
  'grill-start': { to: 'GRILLING', type: 'plan.grill-started' },
  'grill-done': { to: 'GRILLED', type: 'plan.grill-finished' },
  'plan-start': { to: 'PLANNING', type: 'plan.planning-started' },
  'plan-failed': { to: 'PLAN_FAILED', type: 'plan.planning-failed' },
  'review-start': { to: 'REVIEWING_PLAN', type: 'plan.review-started' },
} as const satisfies Readonly<Record<Move, { readonly to: IdeaStatus; readonly type: string }>>

/** Somebody or something works on it: it ends, or is cancelled, before anything else begins. */
export const RUNNING = ['GRILLING', 'PLANNING', 'REVIEWING_PLAN'] as const satisfies readonly IdeaStatus[]
export type Running = (typeof RUNNING)[number]

/** Whether somebody or something works on an idea of this status. */
export function isRunning(status: IdeaStatus): status is Running {
  return RUNNING.some((running) => running === status)
}

/** What may be asked of an idea of this status, besides looking at it. */
export function allowedFrom(status: IdeaStatus): readonly Asked[] {
  return ASKED.filter((asked) => ALLOWED_FROM[asked].includes(status))
}

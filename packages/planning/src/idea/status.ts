/** Where an idea stands. Source: plan contract and its seed. */
export const IDEA_STATUSES = [
  'DRAFT',
  'GRILLING',
  'GRILLED',
  'PLANNING',
  'PLAN_FAILED',
  'PLAN_READY',
  'REVIEWING_PLAN',
  'PLAN_REVIEW_FAILED',
  'PLAN_REVIEWED',
  'PLANNED',
] as const
export type IdeaStatus = (typeof IDEA_STATUSES)[number]

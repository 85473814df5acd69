import type { PlanEvent } from './records/events.ts'
import type { IdeaStatus } from './status.ts'
import { MOVES } from './transitions.ts'

/** Where an event leaves an idea; undefined: where it was. */
export function statusAfter(event: PlanEvent): IdeaStatus | undefined {
  switch (event.type) {
    case 'plan.uploaded':
      return 'PLAN_READY'
    case 'plan.grill-started':
      return MOVES['grill-start'].to
    case 'plan.grill-finished':
      return MOVES['grill-done'].to
    case 'plan.planning-started':
      return MOVES['plan-start'].to
    case 'plan.planning-failed':
      return MOVES['plan-failed'].to
    case 'plan.review-started':
      return MOVES['review-start'].to
    case 'plan.review-resulted':
    case 'plan.cancelled':
      return event.data.to_status
    case 'plan.converged':
      return 'PLANNED'
    case 'plan.followed':
    case 'plan.materialise-begun':
    case 'plan.sync-begun':
    case 'plan.converge-handed-over':
    case 'plan.converge-failed':
    case 'plan.item-closed':
    case 'plan.item-reopened':
      return undefined
  }
}

/** Whether an idea has no issues any more, since nobody could see them. */
export function isLetGo(event: PlanEvent): boolean {
  return event.type === 'plan.cancelled' && event.data.left !== undefined
}

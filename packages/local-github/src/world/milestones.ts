import { takeId, type WorldContext } from './context.ts'
import type { Milestone, Moment, Repository } from './types.ts'

export interface NewMilestone {
  readonly title: string
  readonly description?: string | undefined
  readonly state?: 'open' | 'closed' | undefined
  readonly dueOn?: Moment | undefined
}

export type MilestoneChanges = { readonly [Name in keyof NewMilestone]?: NewMilestone[Name] | undefined }

export function milestonesOf(context: WorldContext, repository: Repository): readonly Milestone[] {
  return [...context.state.milestones.values()].filter((milestone) => milestone.repositoryId === repository.id)
}

/** Milestones are numbered apart from issues. Whether the title is free is the caller's to check. */
export function addMilestone(
  context: WorldContext,
  repository: Repository,
  { wanted, creatorId }: { readonly wanted: NewMilestone; readonly creatorId: number },
): Milestone {
  const at = context.clock.moment()
  const milestone: Milestone = {
    id: takeId(context),
    repositoryId: repository.id,
    number: Math.max(0, ...milestonesOf(context, repository).map(({ number }) => number)) + 1,
    title: wanted.title,
    description: wanted.description,
    state: wanted.state ?? 'open',
    dueOn: wanted.dueOn,
    creatorId,
    createdAt: at,
    updatedAt: at,
    closedAt: wanted.state === 'closed' ? at : undefined,
  }
  context.state.milestones.set(milestone.id, milestone)
  return milestone
}

export function changeMilestone(context: WorldContext, milestone: Milestone, changes: MilestoneChanges): void {
  const at = context.clock.moment()
  milestone.title = changes.title ?? milestone.title
  milestone.description = changes.description ?? milestone.description
  milestone.dueOn = changes.dueOn ?? milestone.dueOn
  milestone.updatedAt = at
  if (changes.state === undefined || changes.state === milestone.state) return
  milestone.state = changes.state
  milestone.closedAt = changes.state === 'closed' ? at : undefined
}

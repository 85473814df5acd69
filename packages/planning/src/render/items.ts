import type { Level, Plan } from '../model.ts'
import { nodesOf } from '../model.ts'
import type { AppliedIssue } from '../tree/model.ts'

/**
 * `planned`: has no issue yet. `skipped`: closed as not planned by somebody. `gone`: deleted, or moved to another repository. `dropped`:
 * closed, and no longer in the plan.
 */
export type ItemState = 'planned' | 'open' | 'done' | 'skipped' | 'gone' | 'dropped'

/** One node of the plan's tree as people see it. */
export interface Item {
  readonly key: string
  /** undefined: it stands at the top. */
  readonly parent: string | undefined
  readonly level: Level
  readonly title: string
  readonly number: number | undefined
  readonly url: string | undefined
  readonly state: ItemState
  /** Keys of what has to be done before it. */
  readonly blockedBy: readonly string[]
}

/** The tree of a plan that is not made into issues yet. */
export function itemsOfPlan(plan: Plan): readonly Item[] {
  const parents = new Map<string, string>()
  for (const story of plan.epic.stories) {
    parents.set(story.id, plan.epic.id)
    for (const task of story.tasks) parents.set(task.id, story.id)
  }
  return nodesOf(plan).map((node) => ({
    key: node.id,
    parent: parents.get(node.id),
    level: node.level,
    title: node.title,
    number: undefined,
    url: undefined,
    state: 'planned',
    blockedBy: node.level === 'task' ? node.dependsOn : [],
  }))
}

/** What is known of the issues beside what was written to them. */
export interface IssueFacts {
  urlOf(number: number): string | undefined
  /** `gone`: deleted, or moved to another repository. */
  stateOf(number: number): 'open' | 'done' | 'skipped' | 'gone'
}

/** The tree of a plan whose issues are made, in the order in which they were applied. */
export function itemsOfApplied(applied: readonly AppliedIssue[], facts: IssueFacts): readonly Item[] {
  return applied.map(({ key, parent, level, title, number, dependsOn, isDropped, hasLeft }) => ({
    key,
    parent,
    level,
    title,
    number,
    url: facts.urlOf(number),
    state: isDropped || (hasLeft === true && facts.stateOf(number) !== 'open') ? 'dropped' : facts.stateOf(number),
    blockedBy: dependsOn,
  }))
}

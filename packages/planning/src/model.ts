import type { Fault, Place } from '@switchyard/core'

export const LEVELS = ['epic', 'story', 'task'] as const
export type Level = (typeof LEVELS)[number]

/** What a pull request's comparison with a task must give for its check to succeed. Source: plan contract. */
export const VERIFY = ['ALIGNED', 'ALIGNED_OR_PARTIAL', 'NONE'] as const
export type Verify = (typeof VERIFY)[number]

/** A written plan, read and checked: every reference in it leads somewhere. */
export interface Plan {
  /** The front matter's; of a plan without one the epic's. */
  readonly title: string
  /** The number of the idea's issue, where the plan names it. */
  readonly idea: number | undefined
  readonly labels: readonly string[]
  /** A milestone's title. */
  readonly milestone: string | undefined
  readonly assignees: readonly string[]
  readonly epic: Epic
}

interface Node {
  /** Unique in the plan, and stable: `{#login-api}`, or made from the title. */
  readonly id: string
  /** Whether the plan itself gives the id. */
  readonly hasOwnId: boolean
  /** One line, without the id. */
  readonly title: string
  /** Markdown between this heading and the next, as written, without blank lines around it. */
  readonly text: string
  /** The heading's. */
  readonly place: Place
}

export interface Epic extends Node {
  readonly level: 'epic'
  readonly stories: readonly Story[]
}

export interface Story extends Node {
  readonly level: 'story'
  readonly tasks: readonly Task[]
}

export interface Task extends Node {
  readonly level: 'task'
  /** Paths, directories (ending in `/`) and globs of `Files:`, as written in the backticks; none twice. */
  readonly files: readonly string[]
  /** Ids of the tasks that have to be done before this one. */
  readonly dependsOn: readonly string[]
  readonly verify: Verify
  readonly criteria: readonly string[]
}

export type PlanNode = Epic | Story | Task

export type ParsedPlan =
  | { readonly ok: true; readonly plan: Plan; readonly warnings: readonly Fault[] }
  /** Everything that is wrong, from the text's top to its end; warnings among them. */
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Every node of a plan, parents before their children, in the plan's order. */
export function nodesOf({ epic }: Plan): readonly PlanNode[] {
  return [epic, ...epic.stories.flatMap((story) => [story, ...story.tasks])]
}

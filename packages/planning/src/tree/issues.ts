import { escapeMarkdown } from '@switchyard/core'
import { type Epic, nodesOf, type Plan, type PlanNode, type Story } from '../model.ts'
import { hideMarkers, MAX_SECTION, normaliseSection } from './body.ts'
import { cutMarkdown } from './cut.ts'
import type { PlanIssue } from './model.ts'
import { sortingOf } from './sorting.ts'
import { parentPart, partKeys, partTitle, sliceChildren } from './split.ts'

export interface IssueOptions {
  /** Whether `@name` and `#123` of the plan mention people and refer to issues. */
  readonly allowMentions: boolean
  /** Makes what the plan says inert Markdown. */
  readonly defuse: (markdown: string, options: { readonly allowMentions: boolean }) => string
}

/**
 * The issues that a plan wants, parents before their children, in the plan's order: the same plan gives the same bytes. More than
 * 90 children of one parent are split: a story's further tasks stand under a sibling story, `<title> (part 2)`, an epic's further
 * stories under a part below it. No section has more than {@link MAX_SECTION} characters.
 */
export function planIssues(plan: Plan, options: IssueOptions): readonly PlanIssue[] {
  const keyOf = partKeys(nodesOf(plan).map(({ id }) => id))
  const stories = plan.epic.stories.flatMap((story) => storyIssues(story, { keyOf, options }))
  const slices = sliceChildren(stories)
  const issues = slices.flatMap((slice, at) => {
    const key = keyOf(plan.epic.id, at + 1)
    const parent = at === 0 ? undefined : keyOf(plan.epic.id, parentPart(at + 1))
    const epic = at === 0 ? nodeIssue(plan.epic, { parent, options }) : partIssue(plan.epic, { key, parent, part: at + 1 })
    return [epic, ...slice.flatMap((story) => [{ ...story.issue, parent: key }, ...story.tasks])]
  })
  const sorting = sortingOf(plan)
  return sorting === undefined ? issues : issues.map((issue) => ({ ...issue, sorting }))
}

interface StoryIssues {
  readonly issue: PlanIssue
  readonly tasks: readonly PlanIssue[]
}

interface Naming {
  readonly keyOf: (id: string, part: number) => string
  readonly options: IssueOptions
}

function storyIssues(story: Story, { keyOf, options }: Naming): readonly StoryIssues[] {
  return sliceChildren(story.tasks).map((tasks, at) => {
    const key = keyOf(story.id, at + 1)
    const issue = at === 0 ? nodeIssue(story, { parent: undefined, options }) : partIssue(story, { key, parent: undefined, part: at + 1 })
    return { issue, tasks: tasks.map((task) => nodeIssue(task, { parent: key, options })) }
  })
}

function nodeIssue(
  node: PlanNode,
  { parent, options }: { readonly parent: string | undefined; readonly options: IssueOptions },
): PlanIssue {
  const { defuse, allowMentions } = options
  const { id, level, title, text, hasOwnId } = node
  const section = cutMarkdown(hideMarkers(normaliseSection(defuse(text, { allowMentions }))), MAX_SECTION)
  return { key: id, parent, level, title, section, dependsOn: level === 'task' ? [...new Set(node.dependsOn)] : [], hasOwnId }
}

interface Part {
  readonly key: string
  readonly parent: string | undefined
  readonly part: number
}

function partIssue({ title, level, hasOwnId }: Epic | Story, { key, parent, part }: Part): PlanIssue {
  const section = `Part ${part} of **${escapeMarkdown(title)}**, which has more ${level === 'epic' ? 'stories' : 'tasks'} than fit under one issue.`
  return { key, parent, level, title: partTitle(title, part), section, dependsOn: [], hasOwnId }
}

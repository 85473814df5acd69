import type { PlanFacts, SortDrawing } from '@switchyard/github/operations'
import type { SeenIssue, TreeChange } from '@switchyard/planning'
import type { Making } from './making.ts'

type Sort = Extract<TreeChange, { kind: 'sort' }>

/**
 * Puts labels, milestone and assignees on, and takes them off: each drawing can be sent twice without harm. What GitHub refuses, aloud or
 * in silence, is told, and stays to be done: a label is not worth failing for.
 */
export async function sortItems(making: Making, changes: readonly TreeChange[], seen: readonly SeenIssue[]): Promise<void> {
  const sorts = changes.filter((change) => change.kind === 'sort')
  if (sorts.length === 0) return
  const { target, done, notes } = making
  const facts = sorts.some(isAdding) ? await making.readFacts() : undefined
  const byNumber = new Map(seen.map((issue) => [issue.number, issue]))
  const steps = sorts.flatMap((change) =>
    change.numbers.flatMap((number) => {
      const issue = byNumber.get(number)
      return issue === undefined ? [] : drawingsOf(change, { issue, facts }).map((drawing) => ({ change, number, drawing }))
    }),
  )
  const { sortIssues } = await import('@switchyard/github/operations')
  const drawn = await sortIssues(
    target.github,
    steps.map(({ drawing }) => drawing),
  )
  const refused = steps.flatMap(({ number }, at) => {
    const words = drawn[at]
    return words === undefined ? [] : [{ number, words }]
  })
  const open = new Set(refused.map(({ number }) => number))
  for (const change of sorts) {
    const numbers = change.numbers.filter((number) => !open.has(number))
    if (numbers.length > 0) done.push({ ...change, numbers })
  }
  for (const [words, those] of Map.groupBy(refused, (one) => one.words)) {
    notes.push(`${nameAll(those.map(({ number }) => number))}: ${words}`)
  }
}

/** How many issues were changed: what was sorted counts each. */
export function countChanged(done: readonly TreeChange[]): number {
  return done.reduce((sum, change) => {
    if (change.kind === 'create' || change.kind === 'link') return sum
    return sum + (change.kind === 'sort' ? change.numbers.length : 1)
  }, 0)
}

/** Only what is put on has to be there; what is taken off names itself. */
export function isAdding(change: TreeChange): boolean {
  if (change.kind !== 'sort') return false
  const { add, milestone } = change
  return add.labels.length + add.assignees.length > 0 || milestone?.to !== undefined
}

interface Sorted {
  readonly issue: SeenIssue
  readonly facts: PlanFacts | undefined
}

function drawingsOf({ add, remove, milestone }: Sort, { issue, facts }: Sorted): readonly SortDrawing[] {
  const { nodeId: issueId, sorting } = issue
  const ids = (names: readonly string[], known: ReadonlyMap<string, string> | undefined) => names.flatMap((name) => known?.get(name) ?? [])
  const there = (names: readonly string[], on: readonly { readonly id: string; readonly name: string }[] = []) =>
    on.flatMap(({ id, name }) => (names.some((each) => each.toLowerCase() === name.toLowerCase()) ? [id] : []))
  const labels = { on: ids(add.labels, facts?.ids.labels), off: there(remove.labels, sorting?.labels) }
  const assignees = { on: ids(add.assignees, facts?.ids.assignees), off: there(remove.assignees, sorting?.assignees) }
  const drawings: readonly (SortDrawing | false)[] = [
    labels.on.length > 0 && { kind: 'labels', issueId, labelIds: labels.on },
    labels.off.length > 0 && { kind: 'no-labels', issueId, labelIds: labels.off },
    milestone !== undefined && { kind: 'milestone', issueId, milestoneId: milestone.to === undefined ? undefined : facts?.milestoneId },
    // Those who go make room: an issue has ten at the most.
    assignees.off.length > 0 && { kind: 'no-assignees', issueId, assigneeIds: assignees.off },
    assignees.on.length > 0 && { kind: 'assignees', issueId, assigneeIds: assignees.on },
  ]
  return drawings.filter((drawing) => drawing !== false)
}

const NAMED = 5

function nameAll(numbers: readonly number[]): string {
  const all = [...new Set(numbers)]
  const more = all.length - NAMED
  return `${all
    .slice(0, NAMED)
    .map((number) => `#${number}`)
    .join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

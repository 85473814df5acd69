import { nameFirst } from '@switchyard/core'
import type { PlanFacts, SortDrawing } from '@switchyard/github/operations'
import type { SeenIssue, TreeChange } from '@switchyard/planning'
import { type Named, requireThere } from '../target.ts'
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
  const needed = neededOf(sorts, NOTHING)
  const facts = isNaming(needed) ? await making.readFacts() : undefined
  if (facts !== undefined) requireThere(target, facts, needed)
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

/** How many issues that were there before were changed: each counts once, whatever was done to it. */
export function countChanged({ done, there, applied }: Pick<Making, 'done' | 'there' | 'applied'>): number {
  const changed = new Set(done.flatMap((change) => numbersOf(change, there)))
  return applied.filter(({ number }) => changed.has(number)).length
}

function numbersOf(change: TreeChange, there: Making['there']): readonly number[] {
  switch (change.kind) {
    case 'create':
    case 'link':
      return []
    case 'unlink': {
      const number = there.get(change.key)?.number
      return number === undefined ? [] : [number]
    }
    case 'sort':
      return change.numbers
    case 'edit':
    case 'rename':
    case 'revive':
    case 'drop':
    case 'move':
    case 'place':
      return [change.number]
  }
}

/** Only what is put on has to be there, on all that is made or on what is sorted anew; what is taken off names itself. */
export function neededOf(changes: readonly TreeChange[], plan: Named): Named {
  if (changes.some(({ kind }) => kind === 'create')) return plan
  const sorts = changes.filter((change) => change.kind === 'sort')
  return {
    labels: sorts.flatMap(({ add }) => add.labels),
    milestone: sorts.find(({ milestone }) => milestone?.to !== undefined)?.milestone?.to,
    assignees: sorts.flatMap(({ add }) => add.assignees),
  }
}

/** Whether anything is named at all: else nothing has to be looked for. */
export function isNaming({ labels, milestone, assignees }: Named): boolean {
  return labels.length + assignees.length > 0 || milestone !== undefined
}

const NOTHING: Named = { labels: [], milestone: undefined, assignees: [] }

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
  return nameFirst(
    [...new Set(numbers)].map((number) => `#${number}`),
    NAMED,
  )
}

import { canonicalJson } from '@switchyard/core'
import type { Plan } from '../model.ts'
import { compareThreeWay } from './compare.ts'
import type { SeenSorting, Sorting, SortingChange, TreeChange, TreeConflict } from './model.ts'
import type { Scene } from './scene.ts'

const UNSORTED: Sorting = { labels: [], milestone: undefined, assignees: [] }

/** What a plan sorts its issues by; undefined: by nothing. */
export function sortingOf({ labels, milestone, assignees }: Pick<Plan, 'labels' | 'milestone' | 'assignees'>): Sorting | undefined {
  if (labels.length + assignees.length === 0 && milestone === undefined) return undefined
  return { labels: without(labels, []), milestone, assignees: without(assignees, []) }
}

export interface SortingThreeWay {
  /** What a plan put there last; undefined: nothing. */
  readonly base: Sorting | undefined
  /** undefined: it was not looked at. */
  readonly theirs: SeenSorting | undefined
  readonly ours: Sorting | undefined
}

/**
 * What of an issue's labels, milestone and assignees the plan itself added or took away, and GitHub does not have so yet. What people put
 * on stays, what they took off stays off, and a milestone of theirs is theirs. undefined: nothing.
 */
export function decideSorting({ base = UNSORTED, theirs, ours = UNSORTED }: SortingThreeWay): SortingChange | undefined {
  if (theirs === undefined) return undefined
  const labels = differ({ base: base.labels, theirs: theirs.labels.map(({ name }) => name), ours: ours.labels })
  const assignees = differ({ base: base.assignees, theirs: theirs.assignees.map(({ name }) => name), ours: ours.assignees })
  const isWritten = compareMilestones({ base, theirs, ours }) === 'write'
  const add = { labels: labels.added, assignees: assignees.added }
  const remove = { labels: labels.removed, assignees: assignees.removed }
  if ([...add.labels, ...add.assignees, ...remove.labels, ...remove.assignees].length === 0 && !isWritten) return undefined
  return { add, remove, milestone: isWritten ? { from: theirs.milestone, to: ours.milestone } : undefined }
}

function compareMilestones({ base = UNSORTED, theirs, ours = UNSORTED }: SortingThreeWay): ReturnType<typeof compareThreeWay> {
  // Where the plan says nothing new, theirs stays.
  if (theirs === undefined || base.milestone === ours.milestone) return 'settled'
  return compareThreeWay({ base: base.milestone, theirs: theirs.milestone, ours: ours.milestone })
}

/** Issues whose milestone both people and the plan changed: told with that change of the plan's, and theirs from then on. */
export function findMilestoneConflicts({ wanted, base, seen }: Scene): readonly TreeConflict[] {
  return [...wanted.values()].flatMap(({ key, sorting }): readonly TreeConflict[] => {
    const [issue, known] = [seen.get(key), base.get(key)]
    if (!issue || !known || compareMilestones({ base: known.sorting, theirs: issue.sorting, ours: sorting }) !== 'conflict') return []
    return [{ key, number: issue.number, what: 'milestone' }]
  })
}

/** One step for all issues that are to be sorted alike: most often for all there are. */
export function decideSorts({ wanted, base, seen }: Scene): readonly TreeChange[] {
  const groups = new Map<string, { readonly change: SortingChange; readonly numbers: number[] }>()
  for (const { key, sorting } of wanted.values()) {
    const issue = seen.get(key)
    const known = base.get(key)
    // What no record knows was made for this very plan.
    const change = known && issue && decideSorting({ base: known.sorting, theirs: issue.sorting, ours: sorting })
    if (!change || !issue) continue
    const { add, remove, milestone } = change
    const alike = canonicalJson([
      add.labels,
      add.assignees,
      remove.labels,
      remove.assignees,
      milestone?.from ?? null,
      milestone?.to ?? null,
      milestone !== undefined,
    ])
    const group = groups.get(alike) ?? { change, numbers: [] }
    group.numbers.push(issue.number)
    groups.set(alike, group)
  }
  return [...groups.values()].map(({ change, numbers }) => ({ kind: 'sort', ...change, numbers }))
}

interface Names {
  readonly base: readonly string[]
  readonly theirs: readonly string[]
  readonly ours: readonly string[]
}

function differ({ base, theirs, ours }: Names): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const there = new Set(theirs.map(lower))
  return {
    added: without(ours, [...base, ...theirs]),
    removed: without(base, ours).filter((name) => there.has(lower(name))),
  }
}

/** Each once, in its order, without those that are among the others. Labels and logins are the same in capitals. */
function without(names: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others.map(lower))
  return names.filter((name) => {
    const isNew = !known.has(lower(name))
    known.add(lower(name))
    return isNew
  })
}

const lower = (name: string): string => name.toLowerCase()

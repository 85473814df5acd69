import { sectionHash } from './body.ts'
import { compareTexts } from './compare.ts'
import { decideSorting } from './sorting.ts'
import { matchIssues, type MatchInput, withoutLost } from './match.ts'
import type { AppliedIssue, PlanIssue, SeenIssue, TreeChange } from './model.ts'

export interface NextAppliedInput extends MatchInput {
  /** How the issues were before. */
  readonly seen: readonly SeenIssue[]
  readonly wanted: readonly PlanIssue[]
  /** What of the difference was carried out, in its order. */
  readonly done: readonly TreeChange[]
  /** The numbers of the issues that were made, by key. */
  readonly numbers: ReadonlyMap<string, number>
}

/**
 * What was applied after a sync: in the plan's order, then what the plan no longer has. A conflict keeps its base, so that it is
 * shown again; what somebody made as the plan wants it, by hand, takes the plan's. What is gone from plan and GitHub is forgotten.
 */
export function nextApplied(input: NextAppliedInput): readonly AppliedIssue[] {
  const { applied, wanted, seen, done, numbers } = input
  const { issues } = matchIssues(input)
  const items = renamed(withoutLost(applied, issues), done)
  for (const issue of wanted) {
    const made = issues.get(issue.key)
    // Made by an interrupted run, of which nothing was written down.
    if (made && !items.has(issue.key)) items.set(issue.key, { ...itemOf(issue, made.number), parent: undefined })
  }
  for (const change of done) carryOut(items, { change, numbers })
  const before = new Map(seen.map((issue) => [issue.number, issue]))
  const bases = new Map(applied.map((item) => [item.number, item]))
  const sorted = new Set(done.flatMap((change) => (change.kind === 'sort' ? change.numbers : [])))
  const current = wanted.flatMap((issue) => {
    const item = items.get(issue.key)
    if (!item) return []
    const parent = issue.parent === undefined ? undefined : items.get(issue.parent)?.number
    return [settle({ issue, item, seen: before.get(item.number), base: bases.get(item.number), parent, isSorted: sorted.has(item.number) })]
  })
  const kept = new Set(wanted.map(({ key }) => key))
  const others = [...items.values()].flatMap((item) => {
    const issue = kept.has(item.key) ? undefined : before.get(item.number)
    if (!issue) return []
    const isDropped = item.isDropped || (!issue.isOpen && issue.isNotPlanned === true)
    return [{ ...item, isDropped, hasLeft: !isDropped && !issue.isOpen }]
  })
  return [...current, ...others]
}

/** The applied issues under the keys that the renames among the changes gave them, wherever they are named. */
function renamed(applied: readonly AppliedIssue[], done: readonly TreeChange[]): Map<string, AppliedIssue> {
  const names = new Map(done.flatMap((change) => (change.kind === 'rename' ? [[change.from, change.issue.key] as const] : [])))
  const nameOf = (key: string): string => names.get(key) ?? key
  return new Map(
    applied.map((item) => {
      const key = nameOf(item.key)
      const parent = item.parent === undefined ? undefined : nameOf(item.parent)
      return [key, { ...item, key, parent, dependsOn: item.dependsOn.map(nameOf) }]
    }),
  )
}

function carryOut(
  items: Map<string, AppliedIssue>,
  { change, numbers }: { readonly change: TreeChange; readonly numbers: ReadonlyMap<string, number> },
): void {
  const edit = (key: string, change: (item: AppliedIssue) => Partial<AppliedIssue>): void => {
    const item = items.get(key)
    if (item) items.set(key, { ...item, ...change(item) })
  }
  switch (change.kind) {
    case 'create': {
      const number = numbers.get(change.issue.key)
      if (number !== undefined) items.set(change.issue.key, itemOf(change.issue, number))
      return
    }
    case 'edit':
    case 'rename':
    case 'revive':
      return edit(change.issue.key, () => ({ ...written(change.issue, change.parts), isDropped: false }))
    case 'move':
      return edit(change.key, () => ({ parent: change.to }))
    // The record is in the plan's order as it is.
    case 'place':
      return
    case 'drop':
      return edit(change.key, () => ({ isDropped: true }))
    case 'link':
      return edit(change.key, ({ dependsOn }) => ({ dependsOn: [...dependsOn, change.blocker] }))
    case 'unlink':
      return edit(change.key, ({ dependsOn }) => ({ dependsOn: dependsOn.filter((key) => key !== change.blocker) }))
    case 'sort':
      // With what needed nothing: see `settle`.
      return
  }
}

interface Settling {
  readonly issue: PlanIssue
  readonly item: AppliedIssue
  readonly seen: SeenIssue | undefined
  /** What the item was before; undefined for one that is new to the record. */
  readonly base: AppliedIssue | undefined
  /** The number of the issue that it belongs under. */
  readonly parent: number | undefined
  /** Whether it was sorted as the plan wants it. */
  readonly isSorted: boolean
}

function settle({ issue, item, seen, base, parent, isSorted }: Settling): AppliedIssue {
  const placed = { ...item, level: issue.level, hasOwnId: issue.hasOwnId, hasLeft: false }
  if (!seen) return placed
  const isRefused = base !== undefined && !isSorted && decideSorting({ base: base.sorting, theirs: seen.sorting, ours: issue.sorting })
  const current = { ...placed, sorting: isRefused ? base.sorting : issue.sorting }
  const isInPlace = seen.parent === parent && (issue.parent === undefined) === (parent === undefined)
  return { ...current, ...written(issue, compareTexts({ issue, base, seen }).settled), ...(isInPlace ? { parent: issue.parent } : {}) }
}

function written({ title, section }: PlanIssue, parts: readonly ('title' | 'section')[]): Partial<AppliedIssue> {
  return {
    ...(parts.includes('title') ? { title } : {}),
    ...(parts.includes('section') ? { sha256: sectionHash(section) } : {}),
  }
}

/** An issue as it was made: its links follow. */
function itemOf({ key, parent, level, title, section, hasOwnId, sorting }: PlanIssue, number: number): AppliedIssue {
  return { key, parent, level, number, title, sha256: sectionHash(section), dependsOn: [], hasOwnId, isDropped: false, sorting }
}

import type { AppliedIssue, TreeChange } from './model.ts'

export interface StandingInput {
  /** As they were before the try. */
  readonly applied: readonly AppliedIssue[]
  /** What of the difference was carried out, in its order. */
  readonly done: readonly TreeChange[]
  /** The numbers of the issues that were made, by key. */
  readonly numbers: ReadonlyMap<string, number>
  /** What was put in the plan's order under its parent, first to last, by their numbers; empty: the try did not come to that. */
  readonly ordered: readonly Place[]
}

interface Place {
  readonly number: number
  readonly parent: number | undefined
}

/**
 * What a try that failed leaves, each family in the order in which its issues stand: as before, then what was made or moved there, which
 * GitHub appends, except for those that were put in the plan's order. So what is not in its place is seen by the next difference, and
 * what only waits for its new name is not taken for reordered.
 */
export function inStandingOrder(
  next: readonly AppliedIssue[],
  { applied, done, numbers, ordered }: StandingInput,
): readonly AppliedIssue[] {
  const parents = parentNumbers(next)
  const before = parentNumbers(applied)
  const kept = new Map(applied.flatMap(({ number }, at) => (before.get(number) === parents.get(number) ? [[number, at] as const] : [])))
  const appended = new Map(done.flatMap((change, at) => numbersOf(change, numbers).map((number) => [number, at] as const)))
  // What another run made or moved came before this one's, and what it made before what it moved.
  const rankOf = ({ number }: AppliedIssue): number =>
    kept.get(number) ?? applied.length + (appended.has(number) ? 2 + (appended.get(number) ?? 0) : before.has(number) ? 1 : 0)
  const standing = next.toSorted((left, right) => rankOf(left) - rankOf(right) || left.number - right.number)
  const ranks = new Map(ordered.flatMap(({ number, parent }, at) => (parents.get(number) === parent ? [[number, at] as const] : [])))
  const families = Map.groupBy(
    standing.filter(({ number }) => ranks.has(number)),
    ({ number }) => parents.get(number),
  )
  for (const family of families.values()) family.sort((left, right) => (ranks.get(left.number) ?? 0) - (ranks.get(right.number) ?? 0))
  return standing.map((item) => (ranks.has(item.number) ? families.get(parents.get(item.number))?.shift() : undefined) ?? item)
}

/** By the number of each issue, the number of the one that it stands under. */
function parentNumbers(items: readonly AppliedIssue[]): ReadonlyMap<number, number | undefined> {
  const byKey = new Map(items.map(({ key, number }) => [key, number]))
  return new Map(items.map(({ number, parent }) => [number, parent === undefined ? undefined : byKey.get(parent)]))
}

/** The issue that a change put at the end of its parent's list. */
function numbersOf(change: TreeChange, numbers: ReadonlyMap<string, number>): readonly number[] {
  if (change.kind === 'move') return [change.number]
  const made = change.kind === 'create' ? numbers.get(change.issue.key) : undefined
  return made === undefined ? [] : [made]
}

import { depthOf } from './depth.ts'
import type { AppliedIssue, SeenIssue } from './model.ts'

export interface TouchedParentsInput {
  /** What was applied before the plan's changes, and after them. */
  readonly before: readonly AppliedIssue[]
  readonly after: readonly AppliedIssue[]
  /** The issues as they were before. */
  readonly seen: readonly SeenIssue[]
}

/** A parent that may have to follow: an issue below it, as that is now. */
export interface TouchedParent {
  readonly number: number
  readonly isOpen: boolean
}

/**
 * From which issues the parents are to be looked at, the deepest first, one for each parent: a closed one that has an open issue below
 * it now, and an open one that the plan left nothing open below.
 */
export function findTouchedParents({ before, after, seen }: TouchedParentsInput): readonly TouchedParent[] {
  const was = new Map(before.map((item) => [item.number, item]))
  const there = new Map(seen.map((issue) => [issue.number, issue]))
  const byKey = new Map(after.map((item) => [item.key, item]))
  const numbersBefore = new Map<string | undefined, number>(before.map(({ key, number }) => [key, number]))
  const isOpen = ({ number, isDropped }: AppliedIssue): boolean =>
    !isDropped && (was.get(number)?.isDropped === true || there.get(number)?.isOpen !== false)
  const above = ({ parent }: AppliedIssue): AppliedIssue | undefined => (parent === undefined ? undefined : byKey.get(parent))
  const parentOf = (item: AppliedIssue): number | undefined => above(item)?.number
  const children = Map.groupBy(after, parentOf)
  const fresh = after.filter((item) => {
    const old = was.get(item.number)
    return old === undefined || old.isDropped !== item.isDropped || numbersBefore.get(old.parent) !== parentOf(item)
  })
  const parents = new Set(fresh.flatMap((item) => [parentOf(item), numbersBefore.get(was.get(item.number)?.parent)]))
  const touched = after.flatMap((parent) => {
    const { number, isDropped } = parent
    const known = there.get(number)
    // One that was made just now is open, and has only what was made with it.
    if (!parents.has(number) || isDropped || known === undefined) return []
    const below = children.get(number) ?? []
    const open = below.find(isOpen)
    const cause = isOpen(parent) ? (open === undefined ? below.at(-1) : undefined) : open
    return cause === undefined ? [] : [{ number: cause.number, isOpen: isOpen(cause), depth: depthOf(cause, above, byKey.size) }]
  })
  return touched.sort((left, right) => right.depth - left.depth).map(({ depth: _, ...one }) => one)
}

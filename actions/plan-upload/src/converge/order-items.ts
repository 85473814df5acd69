import type { SubIssuePlace } from '@switchyard/github/operations'
import type { PlanIssue, SeenIssue, TreeChange } from '@switchyard/planning'
import { decidePlaces, type Place } from '@switchyard/planning/tree'
import type { Making } from './making.ts'

/**
 * Brings what was made, moved or reordered to its place among the issues under its parent; what people arranged otherwise stays. GitHub
 * puts each new one at the end, so that nothing is asked where that is the plan's order.
 */
export async function orderItems(making: Making, changes: readonly TreeChange[], seen: readonly SeenIssue[]): Promise<void> {
  const families = familiesOf(making, changes, seen).filter((family) => family.isDoubtful)
  if (families.length === 0) return
  const { placeSubIssues, readSubIssueOrder } = await import('@switchyard/github/operations')
  const { github } = making.target
  const idOf = (key: string): string => making.there.get(key)?.nodeId ?? ''
  const orders = await readSubIssueOrder(
    github,
    families.map(({ parent }) => idOf(parent)),
  )
  const keys = new Map([...making.there].map(([key, { nodeId }]) => [nodeId, key]))
  const steps = families.flatMap(({ parent, wanted, loose }) => {
    const parentId = idOf(parent)
    const standing = (orders.get(parentId) ?? []).map((id) => keys.get(id) ?? `#${id}`)
    const places = decidePlaces({ wanted: wanted.map(({ key }) => key), standing, loose })
    return places.flatMap((place) => toStep(making, parentId, place))
  })
  const refusals =
    steps.length === 0
      ? []
      : await placeSubIssues(
          github,
          steps.map(({ place }) => place),
        )
  for (const [at, { number }] of steps.entries()) {
    const words = refusals[at]
    // Where an issue stands among others is nothing to fail for.
    if (words !== undefined) making.notes.push(`GitHub refused to put #${number} in its place under its parent: ${words}`)
  }
  making.done.push(...changes.filter(({ kind }) => kind === 'place'))
}

interface Placing {
  readonly number: number
  readonly place: SubIssuePlace
}

function toStep({ there }: Making, parentId: string, place: Place): readonly Placing[] {
  const child = there.get(place.key)
  const beside = there.get('after' in place ? place.after : place.before)?.nodeId
  if (child === undefined || beside === undefined) return []
  const ids = { parentId, childId: child.nodeId }
  return [{ number: child.number, place: 'after' in place ? { ...ids, afterId: beside } : { ...ids, beforeId: beside } }]
}

interface Family {
  readonly parent: string
  /** In the plan's order. */
  readonly wanted: readonly PlanIssue[]
  readonly loose: ReadonlySet<string>
  /** Whether they may stand in another order. */
  readonly isDoubtful: boolean
}

function familiesOf(
  { issues, there, done, applied, unlisted }: Making,
  changes: readonly TreeChange[],
  seen: readonly SeenIssue[],
): readonly Family[] {
  const numbers = new Map(applied.map(({ key, number }) => [key, number]))
  const parents = new Map(applied.map(({ number, parent }) => [number, parent === undefined ? undefined : numbers.get(parent)]))
  // In which order a run that died made or moved them there, nobody wrote down.
  const isStray = ({ number, parent }: SeenIssue): boolean =>
    parent !== undefined && (!parents.has(number) || (unlisted !== null && parents.get(number) !== parent))
  const found = new Set(seen.filter(isStray).map(({ number }) => number))
  const isFound = (key: string): boolean => found.has(there.get(key)?.number ?? 0)
  const reordered = new Set(changes.flatMap(keyOfMoved))
  const appended = done.flatMap((change) => {
    if (change.kind === 'create') return change.issue.parent === undefined ? [] : [change.issue.key]
    return change.kind === 'move' && change.to !== undefined ? [change.key] : []
  })
  return [...Map.groupBy(issues, ({ parent }) => parent)].flatMap(([parent, wanted]): readonly Family[] => {
    if (parent === undefined || !there.has(parent)) return []
    const keys = new Set(wanted.map(({ key }) => key))
    const mine = appended.filter((key) => keys.has(key))
    const isTold = (key: string): boolean => reordered.has(key) || isFound(key)
    const loose = new Set([...mine, ...[...keys].filter(isTold)])
    const isDoubtful = [...loose].some(isTold) || !isInOrder(wanted, { appended: mine, there })
    return loose.size === 0 ? [] : [{ parent, wanted, loose, isDoubtful }]
  })
}

/** Told by the plan to stand elsewhere, or, opened again, anywhere. */
function keyOfMoved(change: TreeChange): readonly string[] {
  if (change.kind === 'revive') return [change.issue.key]
  return change.kind === 'place' ? [change.key] : []
}

interface Appended {
  readonly appended: readonly string[]
  readonly there: Making['there']
}

/** Whether all that came to the end of its parent's list, one after another, belongs there. */
function isInOrder(wanted: readonly PlanIssue[], { appended, there }: Appended): boolean {
  const ranks = new Map(wanted.map(({ key }, at) => [key, at]))
  const late = new Set(appended)
  const before = wanted.filter(({ key }) => there.has(key) && !late.has(key))
  const sequence = [...before.slice(-1).map(({ key }) => key), ...appended].map((key) => ranks.get(key) ?? 0)
  return sequence.every((rank, at) => at === 0 || rank > (sequence[at - 1] ?? 0))
}

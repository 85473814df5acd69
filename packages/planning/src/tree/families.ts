import type { AppliedIssue, PlanIssue, SeenIssue, TreeChange } from './model.ts'

export interface FamiliesInput {
  /** What the plan wants, in its order. */
  readonly issues: readonly PlanIssue[]
  /** Numbers of the issues that are there, by key. */
  readonly there: ReadonlyMap<string, Pick<SeenIssue, 'number'>>
  /** As the ledger had it, and as GitHub had it, before anything was done. */
  readonly applied: readonly AppliedIssue[]
  readonly seen: readonly SeenIssue[]
  /** What there was to do, and what of it was done, in that order. */
  readonly changes: readonly TreeChange[]
  readonly done: readonly TreeChange[]
}

/** The issues under one parent. */
export interface Family {
  readonly parent: string
  /** In the plan's order. */
  readonly wanted: readonly PlanIssue[]
  readonly loose: ReadonlySet<string>
  /** Whether they may stand in another order. */
  readonly isDoubtful: boolean
}

/**
 * The families of which the plan has a place to say, each with whether that needs a look: GitHub puts each new one at the end, so that
 * nothing is asked where that is the plan's order.
 */
export function familiesOf({ issues, there, applied, seen, changes, done }: FamiliesInput): readonly Family[] {
  const known = new Set(applied.map(({ number }) => number))
  // In which order a run that died put them there, nobody wrote down.
  const found = new Set(seen.flatMap(({ number, parent }) => (known.has(number) || parent === undefined ? [] : [number])))
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
  readonly there: FamiliesInput['there']
}

/** Whether all that came to the end of its parent's list, one after another, belongs there. */
function isInOrder(wanted: readonly PlanIssue[], { appended, there }: Appended): boolean {
  const ranks = new Map(wanted.map(({ key }, at) => [key, at]))
  const late = new Set(appended)
  const before = wanted.filter(({ key }) => there.has(key) && !late.has(key))
  const sequence = [...before.slice(-1).map(({ key }) => key), ...appended].map((key) => ranks.get(key) ?? 0)
  return sequence.every((rank, at) => at === 0 || rank > (sequence[at - 1] ?? 0))
}

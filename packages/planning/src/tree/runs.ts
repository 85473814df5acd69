import type { PlanIssue, TreeChange } from './model.ts'

/** Changes that are carried out together. */
export type Run =
  | { readonly kind: 'create'; readonly issues: PlanIssue[] }
  | { readonly kind: 'change'; readonly changes: Exclude<TreeChange, { kind: 'create' }>[] }

/**
 * In the difference's order, since a move may have to make room before something is made: what is alike and adjacent goes together.
 * What comes after all of them is in none: links, labels and places among siblings. `there`: keys of the issues that are there.
 */
export function runsOf(changes: readonly TreeChange[], there: ReadonlySet<string>): readonly Run[] {
  const first = leftOversOf(changes, there)
  const runs: Run[] = []
  for (const change of [...first, ...changes.filter((each) => !first.has(each))]) {
    const last = runs.at(-1)
    if (change.kind === 'link' || change.kind === 'unlink' || change.kind === 'place' || change.kind === 'sort') continue
    if (change.kind === 'create') {
      if (last?.kind === 'create') last.issues.push(change.issue)
      else runs.push({ kind: 'create', issues: [change.issue] })
    } else if (last?.kind === 'change') last.changes.push(change)
    else runs.push({ kind: 'change', changes: [change] })
  }
  return runs
}

/**
 * What a dead or refused try made and left under nothing comes before what is made next: the plan's order. Not where something has to
 * make room for it.
 */
function leftOversOf(changes: readonly TreeChange[], there: ReadonlySet<string>): ReadonlySet<TreeChange> {
  const roomier = new Set<string>()
  const found = new Set<TreeChange>()
  for (const change of changes) {
    if (change.kind !== 'move') continue
    const { from, to } = change
    if (from !== undefined) roomier.add(from)
    else if (to !== undefined && there.has(to) && !roomier.has(to)) found.add(change)
  }
  return found
}

import type { PlanIssue, TreeChange } from '@switchyard/planning'
import type { Making } from './making.ts'

type Move = Extract<TreeChange, { kind: 'move' }>

type Run =
  | { readonly kind: 'create'; readonly issues: PlanIssue[] }
  | { readonly kind: 'change'; readonly changes: Exclude<TreeChange, { kind: 'create' }>[] }

/** In the difference's order, since a move may have to make room before something is made: what is alike and adjacent goes together. */
export function runsOf(changes: readonly TreeChange[], making: Making): readonly Run[] {
  // What a dead or refused try made and left under nothing comes before what is made next: the plan's order.
  const first = changes.filter(
    (change, at) => isLeftOver(change, making) && !changes.slice(0, at).some((other) => makesRoom(other, change)),
  )
  const runs: Run[] = []
  for (const change of [...first, ...changes.filter((each) => !first.includes(each))]) {
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

function isLeftOver(change: TreeChange, { there }: Making): change is Move {
  return change.kind === 'move' && change.from === undefined && change.to !== undefined && there.has(change.to)
}

function makesRoom(change: TreeChange, { to }: Move): boolean {
  return change.kind === 'move' && change.from === to
}

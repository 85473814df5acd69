import type { Drawing, IssueFamily } from '@switchyard/github/operations'
import type { RollupStep } from '@switchyard/planning'
import { toChange } from './item-changes.ts'

/** Parents are closed and opened with a word that says why: each because of the one below it. */
export async function drawParents(child: IssueFamily, steps: readonly RollupStep[]): Promise<readonly Drawing[]> {
  const { renderRollup } = await import('@switchyard/planning/render')
  const now = new Map([child, ...steps.map(toChange)].map((change) => [change.number, change.isOpen]))
  const below = new Map(child.above.map(({ number }, at) => [number, child.above[at - 1] ?? child]))
  return steps.flatMap(({ kind, number, ...step }): readonly Drawing[] => {
    const parent = child.above.find((each) => each.number === number)
    const cause = below.get(number)
    if (parent === undefined || cause === undefined) return []
    const { nodeId: issueId, children } = parent
    const done = children.filter((each) => !((each.number === undefined ? undefined : now.get(each.number)) ?? each.isOpen)).length
    const state = kind === 'reopen' ? 'OPEN' : 'isDone' in step && step.isDone ? 'COMPLETED' : 'NOT_PLANNED'
    const counts = { done, total: children.length }
    return [
      { kind: 'comment', issueId, body: renderRollup({ kind: kind === 'reopen' ? 'reopened' : 'closed', child: cause, counts }) },
      { kind: 'issue-state', issueId, state },
    ]
  })
}

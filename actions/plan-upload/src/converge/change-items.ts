import { GitHubError, UserError } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import type { SeenIssue, TreeChange } from '@switchyard/planning'
import { renderRewrite } from '@switchyard/planning/tree'
import type { Making } from './carry-out.ts'

/** Edits, moves, closes and opens again, in the difference's order: each can be done twice without harm. */
export async function changeItems(making: Making, changes: readonly TreeChange[], seen: readonly SeenIssue[]): Promise<void> {
  const byNumber = new Map(seen.map((issue) => [issue.number, issue]))
  const steps = changes.flatMap((change) => {
    const drawings = drawingsOf(change, making, byNumber)
    return drawings.length === 0 ? [] : [{ change, drawings }]
  })
  if (steps.length === 0) return
  const { drawInOrder } = await import('@switchyard/github/operations')
  const drawn = await drawInOrder(
    making.target.github,
    steps.flatMap(({ drawings }) => drawings),
  )
  let at = 0
  const refused: string[] = []
  for (const { change, drawings } of steps) {
    const faults = drawn.slice(at, at + drawings.length).flatMap((message) => message ?? [])
    at += drawings.length
    if (faults.length === 0) making.done.push(change)
    else refused.push(...faults)
  }
  const [first] = refused
  if (first === undefined) return
  throw new UserError('CHANGE_REFUSED', `GitHub refused a change of the plan’s issues: ${first}`, {
    hint: 'Mend what it says, and sync again: what was changed is kept.',
    cause: new GitHubError('GITHUB_UNPROCESSABLE', first, { status: 200, route: 'POST /graphql' }),
  })
}

function drawingsOf(change: TreeChange, { there }: Making, byNumber: ReadonlyMap<number, SeenIssue>): readonly Drawing[] {
  if (!('number' in change)) return []
  const issue = byNumber.get(change.number)
  if (issue === undefined) return []
  const { nodeId: issueId } = issue
  switch (change.kind) {
    case 'edit':
    case 'rename':
      return rewrite(change, issue)
    case 'revive':
      return [...rewrite(change, issue), ...(issue.isOpen ? [] : [{ kind: 'issue-state' as const, issueId, state: 'OPEN' as const }])]
    case 'drop':
      return [{ kind: 'issue-state', issueId, state: 'NOT_PLANNED' }]
    case 'move': {
      const parentId = change.to === undefined ? undefined : there.get(change.to)?.nodeId
      if (parentId !== undefined) return [{ kind: 'sub-issue', parentId, childId: issueId }]
      const from = change.from === undefined ? undefined : there.get(change.from)?.nodeId
      return from === undefined ? [] : [{ kind: 'no-sub-issue', parentId: from, childId: issueId }]
    }
  }
}

function rewrite(change: Parameters<typeof renderRewrite>[0], seen: SeenIssue): readonly Drawing[] {
  const { nodeId: issueId } = seen
  const { title, body } = renderRewrite(change, seen)
  return [
    ...(title === undefined ? [] : [{ kind: 'issue-title' as const, issueId, title }]),
    ...(body === undefined ? [] : [{ kind: 'issue-body' as const, issueId, body }]),
  ]
}

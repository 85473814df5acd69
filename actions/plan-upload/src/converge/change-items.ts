import { UserError } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import type { SeenIssue, TreeChange } from '@switchyard/planning'
import { renderRewrite } from '@switchyard/planning/tree'
import type { Making } from './making.ts'
import { drawSteps, type Step } from './move-issues.ts'
import { sayAlone } from './put-under-parents.ts'

/** Edits, moves, closes and opens again, in the difference's order: each can be done twice without harm. */
export async function changeItems(making: Making, changes: readonly TreeChange[], seen: readonly SeenIssue[]): Promise<void> {
  const byNumber = new Map(seen.map((issue) => [issue.number, issue]))
  const steps = changes.flatMap((change) => {
    const drawings = drawingsOf(change, making, byNumber)
    return drawings.length === 0 ? [] : [{ change, drawings, moved: movedOf(change, making) }]
  })
  if (steps.length === 0) return
  const refusals = await drawSteps(making.target, steps)
  const refused = steps.flatMap(({ change }, at) => {
    const words = refusals[at]
    if (words === undefined) making.done.push(change)
    if (words === undefined || !('number' in change)) return []
    const above = findParentOfAlone(change, making)
    if (above === undefined) return [{ number: change.number, words }]
    making.notes.push(sayAlone({ number: change.number, above, refusal: words }))
    return []
  })
  const [first] = refused
  if (first === undefined) return
  throw new UserError('CHANGE_REFUSED', `GitHub refused to change #${first.number}: ${first.words}`, {
    hint: 'Mend what it says, and say it again: what was changed is kept.',
  })
}

/** Where an issue that stands under none was to be put: that it stays so keeps nothing else of the plan waiting. */
function findParentOfAlone(change: TreeChange, { there }: Making): number | undefined {
  return change.kind === 'move' && change.from === undefined && change.to !== undefined ? there.get(change.to)?.number : undefined
}

function movedOf(change: TreeChange, { there }: Making): Step['moved'] {
  if (change.kind !== 'move') return undefined
  return { number: change.number, under: change.to === undefined ? undefined : there.get(change.to)?.number }
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
    case 'place':
      return []
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

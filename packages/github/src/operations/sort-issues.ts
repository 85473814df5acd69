import type { GraphqlAnswer } from '@switchyard/core'
import { z } from 'zod'
import type { Part } from './drawing.ts'
import { sayRefused } from './graphql-refusal.ts'
import type { GitHubPort } from './port.ts'
import { sendParts } from './send-parts.ts'

/** What sorts an issue, put on or taken off; what others did meanwhile stays. All ids are GraphQL's. */
export type SortDrawing =
  | { readonly kind: 'labels' | 'no-labels'; readonly issueId: string; readonly labelIds: readonly string[] }
  | { readonly kind: 'assignees' | 'no-assignees'; readonly issueId: string; readonly assigneeIds: readonly string[] }
  /** undefined: none. */
  | { readonly kind: 'milestone'; readonly issueId: string; readonly milestoneId: string | undefined }

/**
 * Carries out what sorts issues, in the order given and one request after another; each may be sent twice. Returns why by place;
 * undefined for what GitHub kept.
 */
export function sortIssues(github: GitHubPort, drawings: readonly SortDrawing[]): Promise<readonly (string | undefined)[]> {
  const judge = (drawing: SortDrawing, { data, errors }: GraphqlAnswer, alias: string): string | undefined =>
    sayRefused({ errors, alias }, 'issues: write') ?? judgeKept(drawing, data[alias])
  return sendParts(github, drawings, { toPart, judge, idempotent: true, needed: 'issues: write' })
}

const LABELS = 'labelable { labels(first: 100) { nodes { id } } }'
const ASSIGNEES = 'assignable { assignees(first: 20) { nodes { id } } }'

function toPart(drawing: SortDrawing): Part {
  switch (drawing.kind) {
    case 'labels':
    case 'no-labels': {
      const input = { labelableId: drawing.issueId, labelIds: drawing.labelIds }
      if (drawing.kind === 'labels') return { field: 'addLabelsToLabelable', type: 'AddLabelsToLabelableInput', input, back: LABELS }
      return { field: 'removeLabelsFromLabelable', type: 'RemoveLabelsFromLabelableInput', input, back: LABELS }
    }
    case 'assignees':
    case 'no-assignees': {
      const input = { assignableId: drawing.issueId, assigneeIds: drawing.assigneeIds }
      if (drawing.kind === 'assignees') {
        return { field: 'addAssigneesToAssignable', type: 'AddAssigneesToAssignableInput', input, back: ASSIGNEES }
      }
      return { field: 'removeAssigneesFromAssignable', type: 'RemoveAssigneesFromAssignableInput', input, back: ASSIGNEES }
    }
    case 'milestone': {
      const input = { id: drawing.issueId, milestoneId: drawing.milestoneId ?? null }
      return { field: 'updateIssue', type: 'UpdateIssueInput', input, back: 'issue { milestone { id } }' }
    }
  }
}

const ids = z.object({ nodes: z.array(z.object({ id: z.string() })) }).nullish()
const kept = z.object({
  labelable: z.object({ labels: ids }).nullish(),
  assignable: z.object({ assignees: ids }).nullish(),
  issue: z.object({ milestone: z.object({ id: z.string() }).nullish() }).nullish(),
})

/** Labels, a milestone and assignees are dropped without a word where the token may not set them (REST: issues/update). */
function judgeKept(drawing: SortDrawing, raw: unknown): string | undefined {
  const parsed = kept.safeParse(raw)
  const { labelable, assignable, issue } = parsed.success ? parsed.data : {}
  switch (drawing.kind) {
    case 'labels':
    case 'no-labels': {
      const isKept = holds(labelable?.labels, drawing.labelIds, drawing.kind === 'labels')
      return isKept ? undefined : 'GitHub did not take the labels: the token may not set them.'
    }
    case 'assignees':
    case 'no-assignees': {
      const isKept = holds(assignable?.assignees, drawing.assigneeIds, drawing.kind === 'assignees')
      return isKept ? undefined : 'GitHub did not take the assignees: the token may not set them, or there are ten already.'
    }
    case 'milestone':
      return issue && issue.milestone?.id === drawing.milestoneId
        ? undefined
        : 'GitHub did not take the milestone: the token may not set it.'
  }
}

/** What GitHub did not give back counts as refused: it is told, not believed. */
function holds(there: z.infer<typeof ids>, wanted: readonly string[], isThere: boolean): boolean {
  return there ? wanted.every((id) => there.nodes.some((node) => node.id === id) === isThere) : false
}

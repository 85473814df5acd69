import { slicesOf } from '@switchyard/core'
import { z } from 'zod'
import { refuseGaps, sayRefused } from './graphql-refusal.ts'
import type { GitHubPort } from './port.ts'
import { sendParts } from './send-parts.ts'

/** Node ids of one query: GitHub takes a hundred. */
const NODES = 100

const ordered = z.object({
  nodes: z.array(z.object({ id: z.string(), subIssues: z.object({ nodes: z.array(z.object({ id: z.string() }).nullable()) }) }).nullable()),
})

/** The children of issues in their order, all by GraphQL's ids; a hundred parents a request. A parent that is gone is not in it. */
export async function readSubIssueOrder(github: GitHubPort, parentIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  const query = 'query($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { id subIssues(first: 100) { nodes { id } } } } }'
  for (const ids of slicesOf([...new Set(parentIds)], NODES)) {
    const { data, errors } = await github.graphql(query, { ids })
    refuseGaps(
      errors.filter(({ type }) => type !== 'NOT_FOUND'),
      'issues: read',
    )
    for (const issue of ordered.parse(data).nodes) {
      if (issue === null) continue
      const { id, subIssues } = issue
      found.set(
        id,
        subIssues.nodes.flatMap((child) => child?.id ?? []),
      )
    }
  }
  return found
}

/** A sub-issue's new place: right after, or right before, another of the same parent. All by GraphQL's ids. */
export type SubIssuePlace = { readonly parentId: string; readonly childId: string } & (
  | { readonly afterId: string }
  | { readonly beforeId: string }
)

/** Puts sub-issues in their places, in the order given. Returns by place: undefined for what was done, else GitHub's words. */
export function placeSubIssues(github: GitHubPort, places: readonly SubIssuePlace[]): Promise<readonly (string | undefined)[]> {
  return sendParts(github, places, {
    toPart: ({ parentId, childId, ...beside }) => ({
      field: 'reprioritizeSubIssue',
      type: 'ReprioritizeSubIssueInput',
      input: { issueId: parentId, subIssueId: childId, ...beside },
      back: 'clientMutationId',
    }),
    judge: (_, { errors }, alias) => sayRefused({ errors, alias }, 'issues: write'),
    // Twice comes to the same.
    idempotent: true,
    needed: 'issues: write',
  })
}

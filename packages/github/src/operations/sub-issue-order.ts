import { z } from 'zod'
import { composeMutation } from './drawing.ts'
import { refuseGaps } from './graphql-refusal.ts'
import type { GitHubPort } from './port.ts'
import { slicesOf } from './slices.ts'

/** Node ids of one query: GitHub takes a hundred. */
const NODES = 100
/** Mutations of one request; GitHub carries them out one after another. */
const PER_REQUEST = 20

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
export async function placeSubIssues(github: GitHubPort, places: readonly SubIssuePlace[]): Promise<readonly (string | undefined)[]> {
  const refusals: (string | undefined)[] = []
  for (const slice of slicesOf(places, PER_REQUEST)) {
    const parts = slice.map(({ parentId, childId, ...beside }) => ({
      field: 'reprioritizeSubIssue',
      type: 'ReprioritizeSubIssueInput',
      input: { issueId: parentId, subIssueId: childId, ...beside },
      back: 'clientMutationId',
    }))
    const { document, variables } = composeMutation([{ prefix: 'p', parts }])
    // Twice comes to the same.
    const { errors } = await github.graphql(document, variables, { idempotent: true })
    refuseGaps(
      errors.filter(({ path }) => (path ?? []).length === 0),
      'issues: write',
    )
    refusals.push(...slice.map((_, at) => errors.find(({ path }) => path?.[0] === `p${at}`)?.message))
  }
  return refusals
}

import { slicesOf } from '@switchyard/core'
import { z } from 'zod'
import { findRefusal, refuseGaps, sayRefusal } from './graphql-refusal.ts'
import type { GitHubPort } from './port.ts'
import { sendParts } from './send-parts.ts'

/** An issue and one that blocks it, by GraphQL's ids. */
export interface BlockedPair {
  readonly issueId: string
  readonly blockerId: string
}

/** What became of each pair, in the same order: undefined for what is as it was wanted, else GitHub's words. */
export type Linked = readonly (string | undefined)[]

/** GitHub's ceiling for the blockers of an issue, and of node ids in a query. */
const [BLOCKERS, NODES] = [50, 100]

const mutations = { add: ['addBlockedBy', 'AddBlockedByInput'], remove: ['removeBlockedBy', 'RemoveBlockedByInput'] } as const

/** Marks issues as blocked by others, requests one after another. A link that is there already is as it was wanted. */
export function linkBlockedBy(github: GitHubPort, pairs: readonly BlockedPair[]): Promise<Linked> {
  return changeLinks(github, pairs, 'add')
}

/** Takes blocked-by links away, requests one after another. A link that is gone already is as it was wanted. */
export function unlinkBlockedBy(github: GitHubPort, pairs: readonly BlockedPair[]): Promise<Linked> {
  return changeLinks(github, pairs, 'remove')
}

async function changeLinks(github: GitHubPort, pairs: readonly BlockedPair[], how: keyof typeof mutations): Promise<Linked> {
  const [field, type] = mutations[how]
  const refusals = await sendParts(github, pairs, {
    toPart: ({ issueId, blockerId }: BlockedPair) => ({
      field,
      type,
      input: { issueId, blockingIssueId: blockerId },
      back: 'clientMutationId',
    }),
    judge: (_, { errors }, alias) => findRefusal({ errors, alias }),
    // Twice comes to the same: the second time is refused, and the look tells that it is as wanted.
    idempotent: true,
    needed: 'issues: write',
  })
  const doubtful = pairs.filter((_, at) => refusals[at] !== undefined)
  if (doubtful.length === 0) return refusals.map(() => undefined)
  const blockers = await readBlockers(github, [...new Set(doubtful.map(({ issueId }) => issueId))])
  return pairs.map(({ issueId, blockerId }, at) => {
    // A pair whose issue cannot be seen is never told as unlinked.
    const isLinked = blockers.get(issueId)?.has(blockerId)
    const refusal = refusals[at]
    return isLinked === (how === 'add') || refusal === undefined ? undefined : sayRefusal(refusal, 'issues: write')
  })
}

const blocked = z.object({
  nodes: z.array(z.object({ id: z.string(), blockedBy: z.object({ nodes: z.array(z.object({ id: z.string() }).nullable()) }) }).nullable()),
})

/** The blockers of issues; one that is gone is not in it. */
async function readBlockers(github: GitHubPort, issueIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>()
  const query = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { id blockedBy(first: ${BLOCKERS}) { nodes { id } } } } }`
  for (const ids of slicesOf(issueIds, NODES)) {
    const { data, errors } = await github.graphql(query, { ids })
    refuseGaps(
      errors.filter(({ type }) => type !== 'NOT_FOUND'),
      'issues: read',
    )
    for (const issue of blocked.parse(data).nodes) {
      if (issue !== null) found.set(issue.id, new Set(issue.blockedBy.nodes.flatMap((each) => (each === null ? [] : [each.id]))))
    }
  }
  return found
}

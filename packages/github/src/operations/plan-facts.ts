import type { GraphqlFault } from '@switchyard/core'
import { z } from 'zod'
import { toRefusal } from './graphql-refusal.ts'
import type { PlanPlaceWanted } from './plan-place.ts'

/** The repository that issues shall be in, and what they ask for there, by GraphQL's ids. */
export interface PlanFacts {
  readonly repositoryId: string
  /** Whose the token is, an App's bot too; undefined where GitHub does not tell. */
  readonly writer: { readonly id: number; readonly login: string } | undefined
  readonly isArchived: boolean
  readonly hasIssues: boolean
  /** In the order of what was wanted, without what is missing. */
  readonly labelIds: readonly string[]
  readonly milestoneId: string | undefined
  readonly assigneeIds: readonly string[]
  /** The same by the names that were wanted. */
  readonly ids: { readonly labels: ReadonlyMap<string, string>; readonly assignees: ReadonlyMap<string, string> }
  /** As they were written. */
  readonly missing: { readonly labels: readonly string[]; readonly milestone: string | undefined; readonly assignees: readonly string[] }
}

const repository = z.object({ id: z.string(), isArchived: z.boolean(), hasIssuesEnabled: z.boolean() }).loose()
const viewer = z.object({ login: z.string(), databaseId: z.number() })
const answer = z.object({
  repository: repository.nullable(),
  viewer: viewer.nullish().catch(undefined),
  refused: z.custom<GraphqlFault>().optional(),
})
const label = z.object({ id: z.string(), name: z.string() }).nullish()
const users = z.object({ nodes: z.array(z.object({ id: z.string(), login: z.string() })) })
const milestones = z.object({ nodes: z.array(z.object({ id: z.string(), title: z.string() })) }).nullish()

/**
 * What `selectPlanFacts` brought; undefined when the token sees no such repository. Names compare without case, a milestone's title as
 * it stands.
 *
 * @throws {GitHubError} when GitHub refused a part of it.
 */
export function parsePlanFacts(raw: unknown, wanted: PlanPlaceWanted): PlanFacts | undefined {
  const { repository: found, viewer: by, refused } = answer.parse(raw)
  if (found === null && (refused === undefined || refused.type === 'NOT_FOUND')) return undefined
  if (refused !== undefined) throw toRefusal(refused, 'issues: read')
  if (found === null) return undefined
  const labels = wanted.labels.map((_, at) => label.parse(found[`l${at}`])?.id)
  const assignees = wanted.assignees.map((login, at) => users.parse(found[`u${at}`]).nodes.find((user) => isSame(user.login, login))?.id)
  const milestoneId = milestones.parse(found['milestones'])?.nodes.find(({ title }) => title === wanted.milestone)?.id
  return {
    repositoryId: found.id,
    writer: by ? { id: by.databaseId, login: by.login } : undefined,
    isArchived: found.isArchived,
    hasIssues: found.hasIssuesEnabled,
    labelIds: labels.filter((id) => id !== undefined),
    milestoneId,
    assigneeIds: assignees.filter((id) => id !== undefined),
    ids: { labels: byName(wanted.labels, labels), assignees: byName(wanted.assignees, assignees) },
    missing: {
      labels: wanted.labels.filter((_, at) => labels[at] === undefined),
      milestone: milestoneId === undefined ? wanted.milestone : undefined,
      assignees: wanted.assignees.filter((_, at) => assignees[at] === undefined),
    },
  }
}

const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()

function byName(names: readonly string[], ids: readonly (string | undefined)[]): ReadonlyMap<string, string> {
  return new Map(
    names.flatMap((name, at) => {
      const id = ids[at]
      return id === undefined ? [] : [[name, id]]
    }),
  )
}

import type { GraphqlFault } from '@switchyard/core'
import { z } from 'zod'
import { toRefusal } from './graphql-refusal.ts'

/** An issue and what was said on it, as it is now. */
export interface IssueConversation {
  /** For GraphQL. */
  readonly nodeId: string
  readonly number: number
  readonly title: string
  readonly body: string
  readonly author: string | undefined
  readonly isOpen: boolean
  /** A hundred, oldest first: the newest, where no page was named. */
  readonly comments: readonly ConversationComment[]
  /** What names the page before this one; undefined: there is none. */
  readonly earlier: string | undefined
}

export interface ConversationComment {
  readonly id: number
  /** For GraphQL. */
  readonly nodeId: string
  readonly body: string
  /** Undefined for an account that is gone. `type` as GitHub names its kinds: `User`, `Bot`, `Mannequin`, … */
  readonly author: { readonly login: string; readonly type: string } | undefined
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly lastEditedAt: string | undefined
  /** Whether the asking token wrote it. */
  readonly isOurs: boolean
}

const comment = z.object({
  id: z.string(),
  databaseId: z.number(),
  body: z.string(),
  createdAt: z.string(),
  lastEditedAt: z.string().nullable(),
  viewerDidAuthor: z.boolean(),
  author: z.object({ __typename: z.string(), login: z.string() }).nullable(),
})
const issue = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  body: z.string(),
  state: z.string(),
  author: z.object({ login: z.string() }).nullable(),
  comments: z.object({
    pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullable() }),
    nodes: z.array(comment),
  }),
})
const answer = z.object({ repository: z.object({ issue: issue.nullable() }).nullish(), refused: z.custom<GraphqlFault>().optional() })

/** What `selectConversation` brought; undefined when there is no such issue. @throws {GitHubError} when GitHub refused it otherwise. */
export function parseConversation(raw: unknown): IssueConversation | undefined {
  const { repository, refused } = answer.parse(raw)
  const found = repository?.issue
  if (found) {
    const { id: nodeId, number, title, body, state, author, comments } = found
    const { hasPreviousPage, startCursor } = comments.pageInfo
    const earlier = hasPreviousPage ? (startCursor ?? undefined) : undefined
    return {
      nodeId,
      number,
      title,
      body,
      isOpen: state === 'OPEN',
      author: author?.login,
      comments: comments.nodes.map(toComment),
      earlier,
    }
  }
  if (refused === undefined || refused.type === 'NOT_FOUND') return undefined
  throw toRefusal(refused, 'issues: read')
}

function toComment({
  id,
  databaseId,
  body,
  createdAt,
  lastEditedAt,
  viewerDidAuthor,
  author,
}: z.infer<typeof comment>): ConversationComment {
  return {
    id: databaseId,
    nodeId: id,
    body,
    createdAt,
    lastEditedAt: lastEditedAt ?? undefined,
    isOurs: viewerDidAuthor,
    author: author === null ? undefined : { login: author.login, type: author.__typename },
  }
}

/** What was said last on an issue. */
export interface RecentIssue {
  readonly number: number
  /** The newest few, oldest first. */
  readonly comments: readonly ConversationComment[]
}

const recent = z.object({
  repository: z
    .object({ issues: z.object({ nodes: z.array(z.object({ number: z.number(), comments: z.object({ nodes: z.array(comment) }) })) }) })
    .nullish(),
})

/** What `selectRecentIssues` brought; none where the token sees no such repository. */
export function parseRecentIssues(raw: unknown): readonly RecentIssue[] {
  const { repository } = recent.parse(raw)
  return (repository?.issues.nodes ?? []).map(({ number, comments }) => ({ number, comments: comments.nodes.map(toComment) }))
}

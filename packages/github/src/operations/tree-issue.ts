import { z } from 'zod'

export type StateReason = 'COMPLETED' | 'NOT_PLANNED' | 'DUPLICATE' | 'REOPENED'

/** Whether an issue was closed without being done: as not planned, or as a duplicate. `reason`: as GitHub says it. */
export function isUnplanned(reason: string | null | undefined): boolean {
  return reason === 'NOT_PLANNED' || reason === 'DUPLICATE'
}

/** An issue as it is now, with its place in a tree. Numbers are of the issue's own repository. */
export interface TreeIssue {
  readonly number: number
  /** GraphQL's id. */
  readonly nodeId: string
  readonly title: string
  readonly body: string
  readonly isOpen: boolean
  /** Undefined as long as nobody closed it, and for a reason that is not known here. */
  readonly stateReason: StateReason | undefined
  /** Undefined without a parent, and for one in another repository. */
  readonly parent: number | undefined
  /** The open and the closed ones, of the same repository; at most 50. */
  readonly blockedBy: readonly number[]
  readonly url: string
  /** ISO 8601, UTC, whole seconds. */
  readonly createdAt: string
  /** Whether the asking token opened it. */
  readonly isOurs: boolean
  /** Database id of the account that opened it, a bot too; undefined: it is gone. */
  readonly authorId: number | undefined
  /** Only where it was asked for. */
  readonly sorting?: IssueSorting
}

/** What sorts an issue. Ids are GraphQL's. */
export interface IssueSorting {
  readonly labels: readonly { readonly id: string; readonly name: string }[]
  /** Its title. */
  readonly milestone: string | undefined
  readonly assignees: readonly { readonly id: string; readonly name: string }[]
}

export const TREE_ISSUE = `
  id number url title body state stateReason(enableDuplicate: true) createdAt viewerDidAuthor
  author { ... on User { databaseId } ... on Bot { databaseId } }
  repository { id } parent { number repository { id } }
  blockedBy(first: 50) { nodes { number repository { id } } }`

/** Beside `TREE_ISSUE`. An issue has a hundred labels and ten assignees at the most. */
export const ISSUE_SORTING = `
  milestone { title } labels(first: 100) { nodes { id name } } assignees(first: 20) { nodes { id login } }`

const repository = z.object({ id: z.string() })
const other = z.object({ number: z.number(), repository })
export const treeIssueAnswer = z.object({
  id: z.string(),
  number: z.number(),
  url: z.string(),
  title: z.string(),
  body: z.string(),
  state: z.string(),
  stateReason: z.string().nullable(),
  createdAt: z.string(),
  viewerDidAuthor: z.boolean(),
  // Other kinds of accounts answer with an empty object.
  author: z.object({ databaseId: z.number().nullish() }).nullish(),
  repository,
  parent: other.nullable(),
  // What the token may not see has no answer.
  blockedBy: z.object({ nodes: z.array(other.nullable()) }),
  milestone: z.object({ title: z.string() }).nullish(),
  labels: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }).nullish(),
  assignees: z.object({ nodes: z.array(z.object({ id: z.string(), login: z.string() })) }).nullish(),
})
export type TreeIssueAnswer = z.infer<typeof treeIssueAnswer>

const REASONS: readonly StateReason[] = ['COMPLETED', 'NOT_PLANNED', 'DUPLICATE', 'REOPENED']

export function toTreeIssue(answer: TreeIssueAnswer): TreeIssue {
  const isNear = (issue: z.infer<typeof other>): boolean => issue.repository.id === answer.repository.id
  const near = answer.blockedBy.nodes.filter((issue) => issue !== null).filter(isNear)
  return {
    number: answer.number,
    nodeId: answer.id,
    title: answer.title,
    body: answer.body,
    isOpen: answer.state === 'OPEN',
    stateReason: REASONS.find((reason) => reason === answer.stateReason),
    parent: answer.parent !== null && isNear(answer.parent) ? answer.parent.number : undefined,
    blockedBy: near.map(({ number }) => number),
    url: answer.url,
    createdAt: answer.createdAt,
    isOurs: answer.viewerDidAuthor,
    authorId: answer.author?.databaseId ?? undefined,
    ...sortingOf(answer),
  }
}

/** Without labels nothing was asked for, or nothing may be seen. */
function sortingOf({ labels, milestone, assignees }: TreeIssueAnswer): Pick<TreeIssue, 'sorting'> {
  if (!labels || !assignees) return {}
  return {
    sorting: {
      labels: labels.nodes,
      milestone: milestone?.title,
      assignees: assignees.nodes.map(({ id, login }) => ({ id, name: login })),
    },
  }
}

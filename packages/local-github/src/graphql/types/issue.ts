import { connect } from '../connection.ts'
import type { GraphqlContext } from '../context.ts'
import { fieldsOf } from '../fields.ts'
import { getAccount } from '../../world/accounts.ts'
import { commentsOf } from '../../world/issues.ts'
import { nodeId } from '../../world/node-ids.ts'
import { getRepository } from '../../world/repositories.ts'
import type { Comment, Issue, Label } from '../../world/types.ts'
import { sortBy } from '../ordering.ts'
import { accountSource, source } from '../sources.ts'
import { commentPath, issuePath, repositoryPath } from '../urls.ts'
import { connectPlainIssues } from './issue-lists.ts'
import { connectReactions, reactionGroups } from './reactions.ts'

/** GitHub orders labels by creation unless told; ids grow with time. */
export const labelOrders = { CREATED_AT: (label: Label) => label.id, NAME: (label: Label) => label.name.toLowerCase() }
const commentOrders = { UPDATED_AT: (comment: Comment) => comment.updatedAt }

function issuesById(context: GraphqlContext, ids: readonly number[]): readonly Issue[] {
  return ids.map((id) => context.world.state.issues.get(id)).filter((issue) => issue !== undefined)
}

function blockedBy(context: GraphqlContext, issue: Issue): readonly Issue[] {
  return [...context.world.state.issues.values()].filter((other) => other.blockedByIds.includes(issue.id))
}

/** An author whose account was deleted is null, as on GitHub. */
export function authorSource(context: GraphqlContext, id: number) {
  const account = context.world.state.accounts.get(id)
  return account === undefined ? null : accountSource(account)
}

const isOpen = (issue: Issue): boolean => issue.state === 'open'

export const issueFields = fieldsOf('Issue', {
  id: ({ value }) => nodeId('issue', value.id),
  databaseId: ({ value }) => value.id,
  fullDatabaseId: ({ value }) => String(value.id),
  number: ({ value }) => value.number,
  title: ({ value }) => value.title,
  body: ({ value }) => value.body ?? '',
  state: ({ value }) => value.state.toUpperCase(),
  stateReason: ({ value, args }) => {
    const isHidden = value.stateReason === 'duplicate' && !args.flag('enableDuplicate')
    return isHidden ? 'NOT_PLANNED' : (value.stateReason?.toUpperCase() ?? null)
  },
  closed: ({ value }) => value.state === 'closed',
  closedAt: ({ value }) => value.closedAt ?? null,
  createdAt: ({ value }) => value.createdAt,
  publishedAt: ({ value }) => value.createdAt,
  updatedAt: ({ value }) => value.updatedAt,
  locked: ({ value }) => value.locked,
  activeLockReason: ({ value }) => (value.locked ? (value.lockReason?.replaceAll(/[ -]/g, '_').toUpperCase() ?? null) : null),
  author: ({ value, context }) => authorSource(context, value.authorId),
  lastEditedAt: ({ value }) => value.edited?.at ?? null,
  editor: ({ value, context }) => (value.edited === undefined ? null : authorSource(context, value.edited.byId)),
  viewerDidAuthor: ({ value, context }) => value.authorId === context.viewer.account.id,
  url: ({ value, context }) => `${context.world.urls.server}${issuePath(context.world, value)}`,
  resourcePath: ({ value, context }) => issuePath(context.world, value),
  repository: ({ value, context }) => source('Repository', getRepository(context.world, value.repositoryId)),
  labels: ({ value, args, info, context }) => {
    const labels = value.labelIds.map((id) => context.world.state.labels.get(id)).filter((label) => label !== undefined)
    const sorted = sortBy(labels, { args, orders: labelOrders, where: 'Issue.labels' })
    return connect({ args, info }, { items: sorted, key: (label) => label.id, node: (label) => source('Label', label) })
  },
  assignees: ({ value, args, info, context }) => {
    const accounts = value.assigneeIds.map((id) => getAccount(context.world, id))
    return connect({ args, info }, { items: accounts, key: (account) => account.id, node: accountSource })
  },
  milestone: ({ value, context }) => {
    const milestone = value.milestoneId === undefined ? undefined : context.world.state.milestones.get(value.milestoneId)
    return milestone === undefined ? null : source('Milestone', milestone)
  },
  comments: ({ value, args, info, context }) => {
    const comments = commentsOf(context.world, value)
    const sorted = sortBy(comments, { args, orders: commentOrders, where: 'Issue.comments' })
    return connect({ args, info }, { items: sorted, key: (comment) => comment.id, node: (comment) => source('IssueComment', comment) })
  },
  reactions: ({ value, args, info, context }) => connectReactions({ args, info, context }, { kind: 'issue', issue: value }),
  reactionGroups: ({ value }) => reactionGroups({ kind: 'issue', issue: value }),
  parent: ({ value, context }) => {
    const parent = value.parentId === undefined ? undefined : context.world.state.issues.get(value.parentId)
    return parent === undefined ? null : source('Issue', parent)
  },
  subIssues: ({ value, args, info, context }) => connectPlainIssues({ args, info }, issuesById(context, value.subIssueIds)),
  subIssuesSummary: ({ value, context }) => {
    const all = issuesById(context, value.subIssueIds)
    const completed = all.filter((issue) => !isOpen(issue)).length
    return { total: all.length, completed, percentCompleted: all.length === 0 ? 0 : Math.floor((completed * 100) / all.length) }
  },
  blockedBy: ({ value, args, info, context }) => connectPlainIssues({ args, info }, issuesById(context, value.blockedByIds)),
  blocking: ({ value, args, info, context }) => connectPlainIssues({ args, info }, blockedBy(context, value)),
  issueDependenciesSummary: ({ value, context }) => {
    const [blockers, blocked] = [issuesById(context, value.blockedByIds), blockedBy(context, value)]
    return {
      blockedBy: blockers.filter(isOpen).length,
      totalBlockedBy: blockers.length,
      blocking: blocked.filter(isOpen).length,
      totalBlocking: blocked.length,
    }
  },
})

export const commentFields = fieldsOf('IssueComment', {
  id: ({ value }) => nodeId('comment', value.id),
  databaseId: ({ value }) => value.id,
  fullDatabaseId: ({ value }) => String(value.id),
  body: ({ value }) => value.body,
  author: ({ value, context }) => authorSource(context, value.authorId),
  lastEditedAt: ({ value }) => value.editedAt ?? null,
  viewerDidAuthor: ({ value, context }) => value.authorId === context.viewer.account.id,
  createdAt: ({ value }) => value.createdAt,
  publishedAt: ({ value }) => value.createdAt,
  updatedAt: ({ value }) => value.updatedAt,
  url: ({ value, context }) => `${context.world.urls.server}${commentPath(context.world, value)}`,
  resourcePath: ({ value, context }) => commentPath(context.world, value),
  repository: ({ value, context }) => source('Repository', getRepository(context.world, value.repositoryId)),
  // The embedded GitHub has no pull requests, and nothing that hides a comment.
  pullRequest: () => null,
  isMinimized: () => false,
  minimizedReason: () => null,
  issue: ({ value, context }) => {
    const issue = context.world.state.issues.get(value.issueId)
    return issue === undefined ? null : source('Issue', issue)
  },
  reactions: ({ value, args, info, context }) => connectReactions({ args, info, context }, { kind: 'comment', comment: value }),
  reactionGroups: ({ value }) => reactionGroups({ kind: 'comment', comment: value }),
})

export const labelFields = fieldsOf('Label', {
  id: ({ value }) => nodeId('label', value.id),
  name: ({ value }) => value.name,
  color: ({ value }) => value.color,
  description: ({ value }) => value.description ?? null,
  isDefault: ({ value }) => value.isDefault,
  repository: ({ value, context }) => source('Repository', getRepository(context.world, value.repositoryId)),
  resourcePath: ({ value, context }) => labelPath(context, value),
  url: ({ value, context }) => `${context.world.urls.server}${labelPath(context, value)}`,
})

function labelPath(context: GraphqlContext, label: Label): string {
  return `${repositoryPath(context.world, getRepository(context.world, label.repositoryId))}/labels/${encodeURIComponent(label.name)}`
}

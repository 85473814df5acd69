import type { WorldContext } from '../world/context.ts'
import { getAccount } from '../world/accounts.ts'
import { commentsOf, reactionsOf } from '../world/issues.ts'
import { nodeId } from '../world/node-ids.ts'
import { findPull } from '../world/pulls.ts'
import { getRepository, roleOf } from '../world/repositories.ts'
import {
  reactionContents,
  type Account,
  type Comment,
  type Issue,
  type Label,
  type Milestone,
  type Reaction,
  type Repository,
} from '../world/types.ts'
import { presentAccount } from './accounts.ts'
import { presentAppOf } from './apps.ts'
import { repositoryPage, repositoryUrl } from './repositories.ts'

/** OpenAPI `label`. */
export function presentLabel(context: WorldContext, label: Label) {
  const repository = getRepository(context, label.repositoryId)
  return {
    id: label.id,
    node_id: nodeId('label', label.id),
    url: `${repositoryUrl(context, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.isDefault,
    description: label.description ?? null,
  }
}

/** OpenAPI `milestone`. */
export function presentMilestone(context: WorldContext, milestone: Milestone) {
  const repository = getRepository(context, milestone.repositoryId)
  const issues = [...context.state.issues.values()].filter((issue) => issue.milestoneId === milestone.id)
  const url = `${repositoryUrl(context, repository)}/milestones/${milestone.number}`
  return {
    url,
    html_url: `${repositoryPage(context, repository)}/milestone/${milestone.number}`,
    labels_url: `${url}/labels`,
    id: milestone.id,
    node_id: nodeId('milestone', milestone.id),
    number: milestone.number,
    title: milestone.title,
    description: milestone.description ?? null,
    creator: presentAccount(context, getAccount(context, milestone.creatorId)),
    open_issues: issues.filter((issue) => issue.state === 'open').length,
    closed_issues: issues.filter((issue) => issue.state === 'closed').length,
    state: milestone.state,
    created_at: milestone.createdAt,
    updated_at: milestone.updatedAt,
    due_on: milestone.dueOn ?? null,
    closed_at: milestone.closedAt ?? null,
  }
}

/** OpenAPI `issue`. */
export function presentIssue(context: WorldContext, issue: Issue) {
  const { state } = context
  const repository = getRepository(context, issue.repositoryId)
  const author = getAccount(context, issue.authorId)
  const assignees = issue.assigneeIds.map((id) => presentAccount(context, getAccount(context, id)))
  const milestone = issue.milestoneId === undefined ? undefined : state.milestones.get(issue.milestoneId)
  const url = `${repositoryUrl(context, repository)}/issues/${issue.number}`
  const labels = issue.labelIds.map((id) => state.labels.get(id)).filter((label) => label !== undefined)
  const isPull = findPull(context, issue) !== undefined
  return {
    url,
    repository_url: repositoryUrl(context, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${repositoryPage(context, repository)}/${isPull ? 'pull' : 'issues'}/${issue.number}`,
    id: issue.id,
    node_id: nodeId(isPull ? 'pull' : 'issue', issue.id),
    number: issue.number,
    title: issue.title,
    user: presentAccount(context, author),
    labels: labels.map((label) => presentLabel(context, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: milestone === undefined ? null : presentMilestone(context, milestone),
    comments: commentsOf(context, issue).length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt ?? null,
    author_association: presentAssociation(context, repository, author),
    active_lock_reason: issue.lockReason ?? null,
    body: issue.body ?? null,
    reactions: presentReactions(context, { kind: 'issue', id: issue.id }, url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: presentAppOf(context, issue.appId),
    state_reason: issue.stateReason ?? null,
    type: null,
    closed_by: issue.closedById === undefined ? null : presentAccount(context, getAccount(context, issue.closedById)),
    ...presentPullOf(context, issue),
    ...presentRelations(context, issue),
  }
}

/** The issue of an event (OpenAPI `webhook-issues-*`): without who closed it, and with less of the App. */
export function presentWebhookIssue(context: WorldContext, issue: Issue) {
  const { closed_by: _, performed_via_github_app: app, ...rest } = presentIssue(context, issue)
  return { ...rest, performed_via_github_app: presentWebhookApp(app) }
}

function presentWebhookApp(app: ReturnType<typeof presentAppOf>) {
  if (app === null) return null
  const { client_id: _, installations_count: __, ...rest } = app
  return rest
}

/** What an issue that is a pull request has more. */
function presentPullOf(context: WorldContext, issue: Issue) {
  const pull = findPull(context, issue)
  if (pull === undefined) return {}
  const repository = getRepository(context, issue.repositoryId)
  const page = `${repositoryPage(context, repository)}/pull/${issue.number}`
  const urls = {
    url: `${repositoryUrl(context, repository)}/pulls/${issue.number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
  }
  return { draft: pull.draft, pull_request: { ...urls, merged_at: pull.mergedAt ?? null } }
}

function presentRelations(context: WorldContext, issue: Issue) {
  const issues = [...context.state.issues.values()]
  const subIssues = issue.subIssueIds.map((id) => context.state.issues.get(id)).filter((each) => each !== undefined)
  const completed = subIssues.filter((each) => each.state === 'closed').length
  const blockers = issues.filter((each) => issue.blockedByIds.includes(each.id))
  const blocked = issues.filter((each) => each.blockedByIds.includes(issue.id))
  const open = (list: readonly Issue[]) => list.filter((each) => each.state === 'open').length
  return {
    sub_issues_summary: {
      total: subIssues.length,
      completed,
      percent_completed: subIssues.length === 0 ? 0 : Math.floor((completed * 100) / subIssues.length),
    },
    issue_dependencies_summary: {
      blocked_by: open(blockers),
      total_blocked_by: blockers.length,
      blocking: open(blocked),
      total_blocking: blocked.length,
    },
  }
}

/** OpenAPI `issue-comment`. */
export function presentComment(context: WorldContext, comment: Comment) {
  const repository = getRepository(context, comment.repositoryId)
  const issue = context.state.issues.get(comment.issueId)
  const url = `${repositoryUrl(context, repository)}/issues/comments/${comment.id}`
  const author = getAccount(context, comment.authorId)
  return {
    url,
    html_url: `${repositoryPage(context, repository)}/issues/${issue?.number}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(context, repository)}/issues/${issue?.number}`,
    id: comment.id,
    node_id: nodeId('comment', comment.id),
    user: presentAccount(context, author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: presentAssociation(context, repository, author),
    body: comment.body,
    reactions: presentReactions(context, { kind: 'comment', id: comment.id }, url),
    performed_via_github_app: presentAppOf(context, comment.appId),
  }
}

/** OpenAPI `reaction`. */
export function presentReaction(context: WorldContext, reaction: Reaction) {
  return {
    id: reaction.id,
    node_id: nodeId('reaction', reaction.id),
    user: presentAccount(context, getAccount(context, reaction.userId)),
    content: reaction.content,
    created_at: reaction.createdAt,
  }
}

function presentReactions(context: WorldContext, subject: Reaction['subject'], url: string) {
  const reactions = reactionsOf(context, subject)
  const counts = reactionContents.map((content) => [content, reactions.filter((reaction) => reaction.content === content).length] as const)
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) }
}

/** What GitHub says of an author's tie to the repository. It is no access check: an App's bot is CONTRIBUTOR or NONE. */
export function presentAssociation(context: WorldContext, repository: Repository, account: Account) {
  if (account.id === repository.ownerId) return 'OWNER'
  if (context.state.organizations.get(repository.ownerId)?.members.has(account.id) === true) return 'MEMBER'
  if (repository.collaborators.has(account.id)) return 'COLLABORATOR'
  return roleOf(context, repository, account) === 'none' ? 'NONE' : 'CONTRIBUTOR'
}

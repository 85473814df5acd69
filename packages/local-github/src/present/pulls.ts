import { getAccount } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import type { KnownPull } from '../world/pulls.ts'
import { getRepository } from '../world/repositories.ts'
import type { Repository } from '../world/types.ts'
import { presentAccount } from './accounts.ts'
import { presentIssue } from './issues.ts'
import { presentListedRepository, repositoryPage, repositoryUrl } from './repositories.ts'

/** OpenAPI `pull-request-simple`. */
export function presentSimplePull(context: WorldContext, known: KnownPull) {
  const { issue, pull } = known
  const repository = getRepository(context, issue.repositoryId)
  const {
    labels,
    user,
    assignee,
    assignees,
    milestone,
    author_association: association,
    active_lock_reason: lockReason,
  } = presentIssue(context, issue)
  const url = `${repositoryUrl(context, repository)}/pulls/${issue.number}`
  const page = `${repositoryPage(context, repository)}/pull/${issue.number}`
  const links = linksOf(context, { repository, known, url, page })
  return {
    url,
    id: issue.id,
    node_id: nodeId('pull', issue.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: links.issue.href,
    commits_url: links.commits.href,
    review_comments_url: links.review_comments.href,
    review_comment_url: links.review_comment.href,
    comments_url: links.comments.href,
    statuses_url: links.statuses.href,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user,
    body: issue.body ?? null,
    labels,
    milestone,
    active_lock_reason: lockReason,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt ?? null,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommit ?? null,
    assignee,
    assignees,
    requested_reviewers: [],
    requested_teams: [],
    head: presentSide(context, repository, { ref: pull.headRef, sha: pull.headSha }),
    base: presentSide(context, repository, { ref: pull.baseRef, sha: pull.baseSha }),
    _links: links,
    author_association: association,
    auto_merge: null,
    draft: pull.draft,
  }
}

/** OpenAPI `pull-request`. Whether it can be merged is known at once here; GitHub works it out a moment later. */
export function presentPull(context: WorldContext, known: KnownPull) {
  const { issue, pull } = known
  const { comments } = presentIssue(context, issue)
  const merged = pull.mergedAt !== undefined
  const isMergeable = pull.mergeCommit !== undefined
  return {
    ...presentSimplePull(context, known),
    merged,
    mergeable: issue.state === 'closed' ? null : isMergeable,
    rebaseable: null,
    mergeable_state: issue.state === 'closed' ? 'unknown' : isMergeable ? (pull.draft ? 'draft' : 'clean') : 'dirty',
    merged_by: pull.mergedById === undefined ? null : presentAccount(context, getAccount(context, pull.mergedById)),
    comments,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: pull.counts.commits,
    additions: pull.counts.additions,
    deletions: pull.counts.deletions,
    changed_files: pull.counts.files,
  }
}

function presentSide(context: WorldContext, repository: Repository, { ref, sha }: { readonly ref: string; readonly sha: string }) {
  const owner = getAccount(context, repository.ownerId)
  return {
    label: `${owner.login}:${ref}`,
    ref,
    sha,
    user: presentAccount(context, owner),
    repo: presentListedRepository(context, repository),
  }
}

interface Place {
  readonly repository: Repository
  readonly known: KnownPull
  readonly url: string
  readonly page: string
}

function linksOf(context: WorldContext, { repository, known: { issue, pull }, url, page }: Place) {
  const link = (href: string): { readonly href: string } => ({ href })
  const base = repositoryUrl(context, repository)
  return {
    self: link(url),
    html: link(page),
    issue: link(`${base}/issues/${issue.number}`),
    comments: link(`${base}/issues/${issue.number}/comments`),
    review_comments: link(`${url}/comments`),
    review_comment: link(`${base}/pulls/comments{/number}`),
    commits: link(`${url}/commits`),
    statuses: link(`${base}/statuses/${pull.headSha}`),
  }
}

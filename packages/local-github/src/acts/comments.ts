import type { TokenViewer } from '../auth/viewer.ts'
import { announce, senderOf } from '../events/announce.ts'
import { presentComment, presentWebhookIssue } from '../present/issues.ts'
import { takeId, type WorldContext } from '../world/context.ts'
import { getRepository } from '../world/repositories.ts'
import type { Comment, Issue } from '../world/types.ts'

/** Adds a comment; its length is the caller's to check. */
export function addComment(context: WorldContext, viewer: TokenViewer, wanted: { readonly issue: Issue; readonly body: string }): Comment {
  const { issue, body } = wanted
  const at = context.clock.moment()
  const comment: Comment = {
    id: takeId(context),
    issueId: issue.id,
    repositoryId: issue.repositoryId,
    authorId: viewer.account.id,
    appId: viewer.app?.id,
    body,
    createdAt: at,
    updatedAt: at,
    editedAt: undefined,
  }
  context.state.comments.set(comment.id, comment)
  issue.updatedAt = at
  announceComment(context, viewer, { comment, action: 'created' })
  return comment
}

export function changeComment(
  context: WorldContext,
  viewer: TokenViewer,
  wanted: { readonly comment: Comment; readonly body: string },
): void {
  const { comment, body } = wanted
  const changes = { body: { from: comment.body } }
  comment.body = body
  comment.updatedAt = context.clock.moment()
  comment.editedAt = comment.updatedAt
  announceComment(context, viewer, { comment, action: 'edited', changes })
}

export function removeComment(context: WorldContext, viewer: TokenViewer, comment: Comment): void {
  announceComment(context, viewer, { comment, action: 'deleted' })
  context.state.comments.delete(comment.id)
}

interface CommentEvent {
  readonly comment: Comment
  readonly action: 'created' | 'edited' | 'deleted'
  readonly changes?: Readonly<Record<string, unknown>>
}

function announceComment(context: WorldContext, viewer: TokenViewer, { comment, action, changes }: CommentEvent): void {
  const repository = getRepository(context, comment.repositoryId)
  const issue = context.state.issues.get(comment.issueId)
  if (issue === undefined) return
  const content = {
    issue: presentWebhookIssue(context, issue),
    comment: presentComment(context, comment),
    ...(changes === undefined ? {} : { changes }),
  }
  announce(context, { name: 'issue_comment', action, repository, ...senderOf(context, viewer, repository), content })
}

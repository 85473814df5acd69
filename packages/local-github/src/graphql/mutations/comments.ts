import { addComment as writeComment, changeComment, removeComment } from '../../acts/comments.ts'
import { addReaction as react, reactionsOf } from '../../world/issues.ts'
import { getRepository } from '../../world/repositories.ts'
import type { Comment, Reaction } from '../../world/types.ts'
import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { findNode, getNode, unknownNode } from '../nodes.ts'
import { requireWrite } from '../permissions.ts'
import { notFound } from '../refusal.ts'
import { isSource, type Reactable, source } from '../sources.ts'
import { parseContent, reactionGroups, subjectSource } from '../types/reactions.ts'
import { refuseLongBody } from './issues.ts'

export async function addComment(input: Args, context: GraphqlContext) {
  const issue = await getNode(context, 'Issue', input.text('subjectId'))
  const repository = getRepository(context.world, issue.repositoryId)
  requireWrite(context, { repository, permissions: ['issues'], role: issue.locked ? 'write' : 'read', operation: 'AddComment' })
  const body = input.text('body')
  refuseLongBody(body)
  const comment = writeComment(context.world, context.viewer, { issue, body })
  const cursor = Buffer.from(`cursor:v2:${comment.id}`).toString('base64')
  return { subject: source('Issue', issue), commentEdge: { cursor, node: source('IssueComment', comment) } }
}

function requireCommentWrite(context: GraphqlContext, comment: Comment, operation: string): void {
  const repository = getRepository(context.world, comment.repositoryId)
  const role = comment.authorId === context.viewer.account.id ? 'read' : 'write'
  requireWrite(context, { repository, permissions: ['issues'], role, operation })
}

export async function updateIssueComment(input: Args, context: GraphqlContext) {
  const comment = await getNode(context, 'IssueComment', input.text('id'))
  requireCommentWrite(context, comment, 'UpdateIssueComment')
  const body = input.text('body')
  refuseLongBody(body)
  changeComment(context.world, context.viewer, { comment, body })
  return { issueComment: source('IssueComment', comment) }
}

export async function deleteIssueComment(input: Args, context: GraphqlContext) {
  const comment = await getNode(context, 'IssueComment', input.text('id'))
  requireCommentWrite(context, comment, 'DeleteIssueComment')
  removeComment(context.world, context.viewer, comment)
  return {}
}

async function getReactable(context: GraphqlContext, id: string): Promise<Reactable> {
  const node = await findNode(context, id)
  if (isSource('Issue', node)) return { kind: 'issue', issue: node.value }
  if (isSource('IssueComment', node)) return { kind: 'comment', comment: node.value }
  throw unknownNode(id)
}

async function readReaction(input: Args, context: GraphqlContext, operation: string) {
  const reactable = await getReactable(context, input.text('subjectId'))
  const row = reactable.kind === 'issue' ? reactable.issue : reactable.comment
  const repository = getRepository(context.world, row.repositoryId)
  requireWrite(context, { repository, permissions: ['issues'], role: 'read', operation })
  const subject: Reaction['subject'] = { kind: reactable.kind, id: row.id }
  return { subject, reactable, wanted: { userId: context.viewer.account.id, content: parseContent(input.text('content')) } }
}

const payloadOf = (reactable: Reactable, reaction: Reaction) => ({
  reaction: source('Reaction', reaction),
  subject: subjectSource(reactable),
  reactionGroups: reactionGroups(reactable),
})

/** A reaction that is there already is the answer: adding it again changes nothing. */
export async function addReaction(input: Args, context: GraphqlContext) {
  const { subject, reactable, wanted } = await readReaction(input, context, 'AddReaction')
  return payloadOf(reactable, react(context.world, subject, wanted).reaction)
}

export async function removeReaction(input: Args, context: GraphqlContext) {
  const { subject, reactable, wanted } = await readReaction(input, context, 'RemoveReaction')
  const mine = reactionsOf(context.world, subject).find(({ userId, content }) => userId === wanted.userId && content === wanted.content)
  if (mine === undefined) throw notFound(`Could not resolve to a Reaction with the content of ${input.text('content')}`)
  context.world.state.reactions.delete(mine.id)
  return payloadOf(reactable, mine)
}

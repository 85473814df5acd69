import { z } from 'zod'
import { presentReaction } from '../present/issues.ts'
import { addReaction, reactionsOf } from '../world/issues.ts'
import { reactionContents, type Reaction } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Answer, created, noContent, ok } from '../server/answer.ts'
import { list, type PageCall } from '../server/paging.ts'
import { notFound } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import type { Viewer } from '../auth/viewer.ts'
import { getComment } from './comments.ts'
import { getIssue, requireToken } from './issues.ts'

const read = [{ permission: 'issues', level: 'read' }] as const
/** Whoever reads may write here; what is another's is asked for again. */
const write = [{ permission: 'issues', level: 'write', role: 'read' }] as const
const body = z.object({ content: z.enum(reactionContents) })

type Subject = Reaction['subject']

function react(world: World, viewer: Viewer, wanted: { readonly subject: Subject; readonly content: Reaction['content'] }): Answer {
  const { reaction, isNew } = addReaction(world, wanted.subject, { userId: requireToken(viewer).account.id, content: wanted.content })
  return isNew ? created(presentReaction(world, reaction)) : ok(presentReaction(world, reaction))
}

const show = (call: PageCall & { readonly world: World }, subject: Subject): Answer =>
  list(call, reactionsOf(call.world, subject), (reaction) => presentReaction(call.world, reaction))

/** One takes back only one's own. */
function remove(world: World, viewer: Viewer, { subject, id }: { readonly subject: Subject; readonly id: string }): Answer {
  const reaction = reactionsOf(world, subject).find((each) => String(each.id) === id)
  if (reaction === undefined || reaction.userId !== requireToken(viewer).account.id) throw notFound()
  world.state.reactions.delete(reaction.id)
  return noContent()
}

export const reactionRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/reactions',
    operation: 'reactions/list-for-issue',
    needs: read,
    body: noBody,
    handle: (call) => show(call, { kind: 'issue', id: getIssue(call.world, call.repository, call.param('issue_number')).id }),
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/reactions',
    operation: 'reactions/create-for-issue',
    needs: write,
    body,
    handle: ({ world, viewer, repository, param, body: { content } }) =>
      react(world, viewer, { subject: { kind: 'issue', id: getIssue(world, repository, param('issue_number')).id }, content }),
  }),
  repositoryRoute({
    method: 'DELETE',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/reactions/{reaction_id}',
    operation: 'reactions/delete-for-issue',
    needs: write,
    body: noBody,
    handle: ({ world, viewer, repository, param }) =>
      remove(world, viewer, {
        subject: { kind: 'issue', id: getIssue(world, repository, param('issue_number')).id },
        id: param('reaction_id'),
      }),
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
    operation: 'reactions/list-for-issue-comment',
    needs: read,
    body: noBody,
    handle: (call) => show(call, { kind: 'comment', id: getComment(call.world, call.repository, call.param('comment_id')).id }),
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
    operation: 'reactions/create-for-issue-comment',
    needs: write,
    body,
    handle: ({ world, viewer, repository, param, body: { content } }) =>
      react(world, viewer, { subject: { kind: 'comment', id: getComment(world, repository, param('comment_id')).id }, content }),
  }),
  repositoryRoute({
    method: 'DELETE',
    path: '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}',
    operation: 'reactions/delete-for-issue-comment',
    needs: write,
    body: noBody,
    handle: ({ world, viewer, repository, param }) =>
      remove(world, viewer, {
        subject: { kind: 'comment', id: getComment(world, repository, param('comment_id')).id },
        id: param('reaction_id'),
      }),
  }),
]

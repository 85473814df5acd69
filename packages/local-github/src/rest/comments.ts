import { z } from 'zod'
import { addComment, changeComment, removeComment } from '../acts/comments.ts'
import { presentComment } from '../present/issues.ts'
import { commentsOf } from '../world/issues.ts'
import type { Comment, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { created, noContent, ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { checkBody, getIssue, requireOwn, requireToken } from './issues.ts'

const read = [{ permission: 'issues', level: 'read' }] as const
/** Whoever reads may write here; what is another's is asked for again. */
const write = [{ permission: 'issues', level: 'write', role: 'read' }] as const
const body = z.object({ body: z.string().min(1) })

export function getComment(world: World, repository: Repository, id: string): Comment {
  const comment = world.state.comments.get(Number(id))
  if (comment === undefined || comment.repositoryId !== repository.id) throw notFound()
  return comment
}

function since(comments: readonly Comment[], moment: string | undefined): readonly Comment[] {
  return moment === undefined ? comments : comments.filter((comment) => Date.parse(comment.updatedAt) >= Date.parse(moment))
}

export const commentRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/comments',
    operation: 'issues/list-comments-for-repo',
    needs: read,
    body: noBody,
    handle(call) {
      const all = [...call.world.state.comments.values()].filter((comment) => comment.repositoryId === call.repository.id)
      return list(call, since(all, call.query('since')), (comment) => presentComment(call.world, comment))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/comments/{comment_id}',
    operation: 'issues/get-comment',
    needs: read,
    body: noBody,
    handle: ({ world, repository, param }) => ok(presentComment(world, getComment(world, repository, param('comment_id')))),
  }),
  repositoryRoute({
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/issues/comments/{comment_id}',
    operation: 'issues/update-comment',
    needs: write,
    body,
    handle({ world, viewer, repository, param, body }) {
      const comment = getComment(world, repository, param('comment_id'))
      checkBody('IssueComment', body.body)
      changeComment(world, requireOwn(world, viewer, { repository, authorId: comment.authorId }), { comment, body: body.body })
      return ok(presentComment(world, comment))
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: '/repos/{owner}/{repo}/issues/comments/{comment_id}',
    operation: 'issues/delete-comment',
    needs: write,
    body: noBody,
    handle({ world, viewer, repository, param }) {
      const comment = getComment(world, repository, param('comment_id'))
      removeComment(world, requireOwn(world, viewer, { repository, authorId: comment.authorId }), comment)
      return noContent()
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    operation: 'issues/list-comments',
    needs: read,
    body: noBody,
    handle(call) {
      const issue = getIssue(call.world, call.repository, call.param('issue_number'))
      return list(call, since(commentsOf(call.world, issue), call.query('since')), (comment) => presentComment(call.world, comment))
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    operation: 'issues/create-comment',
    needs: write,
    createsContent: true,
    body,
    handle({ world, viewer, repository, param, body }) {
      const issue = getIssue(world, repository, param('issue_number'))
      checkBody('IssueComment', body.body)
      const shown = presentComment(world, addComment(world, requireToken(viewer), { issue, body: body.body }))
      return created(shown, { location: shown.url })
    },
  }),
]

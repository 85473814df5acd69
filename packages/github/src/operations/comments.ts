import { z } from 'zod'
import { requireKept } from './kept-text.ts'
import type { GitHubPort, RepositoryName } from './port.ts'

export interface CommentSeen {
  readonly id: number
  readonly url: string
}

export type Reaction = '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes'

const comment = z.object({ id: z.number(), html_url: z.string(), body: z.string().nullish() })
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
const UPDATE = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'

/** Comments on an issue or pull request, once. What GitHub kept is compared with what was sent. */
export async function createIssueComment(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly number: number; readonly body: string },
): Promise<CommentSeen> {
  const { data } = await github.request(CREATE, {
    owner: repository.owner,
    repo: repository.name,
    issue_number: wanted.number,
    body: wanted.body,
  })
  const written = comment.parse(data)
  requireKept(written.body, wanted.body, { what: `a comment on #${wanted.number}`, route: CREATE })
  return { id: written.id, url: written.html_url }
}

/** Puts a new text in place of a comment's. What GitHub kept is compared with what was sent; `GITHUB_NOT_FOUND` when it was deleted. */
export async function updateIssueComment(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly id: number; readonly body: string },
): Promise<CommentSeen> {
  const place = { owner: repository.owner, repo: repository.name, comment_id: wanted.id }
  const { data } = await github.request(UPDATE, { ...place, body: wanted.body }, { idempotent: true })
  const written = comment.parse(data)
  requireKept(written.body, wanted.body, { what: `comment ${wanted.id}`, route: UPDATE })
  return { id: written.id, url: written.html_url }
}

/** Reacts to a comment, or to an issue or pull request by its number. The same reaction again changes nothing (REST: reactions). */
export async function addReaction(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly on: { readonly comment: number } | { readonly issue: number }; readonly content: Reaction },
): Promise<void> {
  const place = { owner: repository.owner, repo: repository.name, content: wanted.content }
  if ('comment' in wanted.on) {
    const route = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions'
    await github.request(route, { ...place, comment_id: wanted.on.comment }, { idempotent: true })
  } else {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/reactions'
    await github.request(route, { ...place, issue_number: wanted.on.issue }, { idempotent: true })
  }
}

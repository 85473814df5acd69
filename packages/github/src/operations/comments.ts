import { z } from 'zod'
import { requireKept } from './kept-text.ts'
import type { GitHubPort, RepositoryName } from './port.ts'

export interface CommentSeen {
  readonly id: number
  readonly url: string
}

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

import { GitHubError } from '@switchyard/core'
import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'

/** An issue by the number people see and the node id that GraphQL wants. */
export interface IssueRef {
  readonly number: number
  readonly nodeId: string
}

export interface IssueSeen extends IssueRef {
  readonly url: string
  /** Labels that were asked for and silently dropped: the token lacks push access (REST: issues/create). */
  readonly droppedLabels: readonly string[]
}

const issue = z.object({
  number: z.number(),
  node_id: z.string(),
  html_url: z.string(),
  body: z.string().nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
})
type IssueAnswer = z.infer<typeof issue>

/** Opens an issue, once. What GitHub kept is compared with what was sent. */
export async function createIssue(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly title: string; readonly body: string; readonly labels: readonly string[] },
): Promise<IssueSeen> {
  const { data } = await github.request('POST /repos/{owner}/{repo}/issues', {
    owner: repository.owner,
    repo: repository.name,
    ...wanted,
  })
  const created = issue.parse(data)
  if ((created.body ?? '') !== wanted.body) throw bodyNotKept(created.number)
  return seen(created, wanted.labels)
}

/**
 * The newest issue with this label whose body holds the marker, looked for among the newest 100: the fallback after a
 * lost answer. The list is used, never search, which lags.
 */
export async function findIssueByMarker(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly label: string; readonly marker: string },
): Promise<IssueSeen | undefined> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/issues', {
    owner: repository.owner,
    repo: repository.name,
    labels: wanted.label,
    state: 'all',
    sort: 'created',
    direction: 'desc',
    per_page: 100,
  })
  const found = z.array(issue).parse(data).find((candidate) => candidate.body?.includes(wanted.marker))
  return found === undefined ? undefined : seen(found, [])
}

/** True when a comment with this marker is already there, among the newest 100 since `since` (ms). */
export async function hasComment(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly number: number; readonly marker: string; readonly since: number },
): Promise<boolean> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    owner: repository.owner,
    repo: repository.name,
    issue_number: wanted.number,
    since: new Date(wanted.since).toISOString(),
    per_page: 100,
  })
  return z.array(z.object({ body: z.string().nullish() })).parse(data).some(({ body }) => body?.includes(wanted.marker))
}

const COMMENT = 'comment: addComment(input: {subjectId: $id, body: $body}) { commentEdge { node { url body } } }'
const MUTATIONS = {
  open: `mutation($id: ID!, $body: String!) { reopen: reopenIssue(input: {issueId: $id}) { issue { state } } ${COMMENT} }`,
  closed: `mutation($id: ID!, $body: String!) { ${COMMENT} close: closeIssue(input: {issueId: $id, stateReason: COMPLETED}) { issue { state } } }`,
  unchanged: `mutation($id: ID!, $body: String!) { ${COMMENT} }`,
} as const

const commented = z.object({ comment: z.object({ commentEdge: z.object({ node: z.object({ url: z.string(), body: z.string() }) }) }) })

/** Comments on an issue and opens or closes it, in one request; sent once. Returns the comment's address. */
export async function commentOnIssue(
  github: GitHubPort,
  target: IssueRef,
  wanted: { readonly body: string; readonly state: keyof typeof MUTATIONS },
): Promise<string> {
  const answer = await github.graphql(MUTATIONS[wanted.state], { id: target.nodeId, body: wanted.body })
  const [refused] = answer.errors
  if (refused !== undefined) {
    throw new GitHubError(refused.type === 'NOT_FOUND' ? 'GITHUB_NOT_FOUND' : 'GITHUB_FORBIDDEN', refused.message, {
      status: 200,
      route: 'POST /graphql',
      context: { issue: target.number },
      hint: 'The job needs `permissions: issues: write` in the repository that holds the issue.',
    })
  }
  const { node } = commented.parse(answer.data).comment.commentEdge
  if (node.body !== wanted.body) throw bodyNotKept(target.number)
  return node.url
}

function seen(found: IssueAnswer, wantedLabels: readonly string[]): IssueSeen {
  const kept = new Set(found.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))))
  return {
    number: found.number,
    nodeId: found.node_id,
    url: found.html_url,
    droppedLabels: wantedLabels.filter((label) => !kept.has(label)),
  }
}

function bodyNotKept(number: number): GitHubError {
  return new GitHubError('GITHUB_UNEXPECTED', `GitHub did not keep the text that was sent for issue #${number}`, {
    status: 200,
    route: 'POST /repos/{owner}/{repo}/issues',
  })
}

import { z } from 'zod'
import { createIssueComment } from './comments.ts'
import { requireKept } from './kept-text.ts'
import type { GitHubPort, RepositoryName } from './port.ts'

export interface IssueSeen {
  readonly number: number
  readonly url: string
  /** Labels that were asked for and silently dropped: the token lacks push access (REST: issues/create). */
  readonly droppedLabels: readonly string[]
}

const issue = z.object({
  number: z.number(),
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
  requireKept(created.body, wanted.body, { what: `issue #${created.number}`, route: 'POST /repos/{owner}/{repo}/issues' })
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
  const found = z
    .array(issue)
    .parse(data)
    .find((candidate) => candidate.body?.includes(wanted.marker))
  return found === undefined ? undefined : seen(found, [])
}

/** The address of a comment with just this text, among the newest 100 since `since` (ms); undefined when there is none. */
export async function findComment(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly number: number; readonly body: string; readonly since: number },
): Promise<string | undefined> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    owner: repository.owner,
    repo: repository.name,
    issue_number: wanted.number,
    since: new Date(wanted.since).toISOString(),
    per_page: 100,
  })
  return z
    .array(comment)
    .parse(data)
    .find(({ body }) => body === wanted.body)?.html_url
}

const comment = z.object({ html_url: z.string(), body: z.string().nullish() })

/** Comments on an issue, once. Returns the comment's address. */
export async function commentOnIssue(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly number: number; readonly body: string },
): Promise<string> {
  return (await createIssueComment(github, repository, wanted)).url
}

/** Opens or closes an issue; the same again changes nothing. Returns its address. */
export async function setIssueState(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly number: number; readonly state: 'open' | 'closed' },
): Promise<string> {
  const { data } = await github.request(
    'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
    {
      owner: repository.owner,
      repo: repository.name,
      issue_number: wanted.number,
      state: wanted.state,
      state_reason: wanted.state === 'closed' ? 'completed' : 'reopened',
    },
    { idempotent: true },
  )
  return z.object({ html_url: z.string() }).parse(data).html_url
}

/** The address of an issue that is in this state; undefined when it is in the other. */
export async function findIssueInState(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly number: number; readonly state: 'open' | 'closed' },
): Promise<string | undefined> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
    owner: repository.owner,
    repo: repository.name,
    issue_number: wanted.number,
  })
  const found = z.object({ state: z.string(), html_url: z.string() }).parse(data)
  return found.state === wanted.state ? found.html_url : undefined
}

function seen(found: IssueAnswer, wantedLabels: readonly string[]): IssueSeen {
  const kept = new Set(found.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))))
  return {
    number: found.number,
    url: found.html_url,
    droppedLabels: wantedLabels.filter((label) => !kept.has(label)),
  }
}

import { z } from 'zod'
import { requireKept } from './kept-text.ts'
import type { GitHubPort, RepositoryName } from './port.ts'

export interface PullRequestSeen {
  readonly number: number
  readonly url: string
  readonly headSha: string
}

export interface PullRequestWanted {
  readonly title: string
  readonly body: string
  /** Branches of the repository itself, without `refs/heads/`. */
  readonly head: string
  readonly base: string
}

const pull = z.object({ number: z.number(), html_url: z.string(), head: z.object({ sha: z.string() }), body: z.string().nullish() })
const CREATE = 'POST /repos/{owner}/{repo}/pulls'

const seen = (found: z.infer<typeof pull>): PullRequestSeen => ({ number: found.number, url: found.html_url, headSha: found.head.sha })

/**
 * Opens a pull request, once. What GitHub kept is compared with what was sent.
 *
 * @throws {GitHubError} `GITHUB_UNPROCESSABLE` when there is one already, or nothing between the branches: look first.
 */
export async function createPullRequest(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: PullRequestWanted,
): Promise<PullRequestSeen> {
  const { data } = await github.request(CREATE, { owner: repository.owner, repo: repository.name, ...wanted })
  const opened = pull.parse(data)
  requireKept(opened.body, wanted.body, { what: `pull request #${opened.number}`, route: CREATE })
  return seen(opened)
}

/** The open pull request from this branch, into `base` if one is named; undefined when there is none. */
export async function findOpenPullRequest(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly head: string; readonly base?: string },
): Promise<PullRequestSeen | undefined> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/pulls', {
    owner: repository.owner,
    repo: repository.name,
    state: 'open',
    head: `${repository.owner}:${wanted.head}`,
    per_page: 1,
    ...(wanted.base === undefined ? {} : { base: wanted.base }),
  })
  const [found] = z.array(pull).parse(data)
  return found === undefined ? undefined : seen(found)
}

/** A pull request and how it ended, if it did. */
export interface PullRequestEnded extends PullRequestSeen {
  readonly state: 'open' | 'merged' | 'closed'
}

const ended = pull.extend({ state: z.enum(['open', 'closed']), merged_at: z.string().nullish() })

/** The newest pull request from this branch into `base`, whatever became of it; undefined when there never was one. */
export async function findLastPullRequest(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly head: string; readonly base: string },
): Promise<PullRequestEnded | undefined> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/pulls', {
    owner: repository.owner,
    repo: repository.name,
    state: 'all',
    head: `${repository.owner}:${wanted.head}`,
    base: wanted.base,
    per_page: 1,
  })
  const [found] = z.array(ended).parse(data)
  if (found === undefined) return undefined
  return { ...seen(found), state: found.state === 'open' ? 'open' : found.merged_at ? 'merged' : 'closed' }
}

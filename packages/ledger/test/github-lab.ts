import { GitHubError, type GitHubCode, type GraphqlFault, type GraphqlRequest } from '@switchyard/core'
import { type LocalGitHub, startLocalGitHub } from '@switchyard/local-github'
import { z } from 'zod'
import { GithubStore, type RestRequest } from '../src/index.ts'

export interface Lab {
  readonly github: LocalGitHub
  readonly token: string
  /** A store as another process would make it. */
  open(token?: string, branch?: string): GithubStore
}

export const BRANCH = 'switchyard/dispatch'

/** An embedded GitHub with the repository `acme/shop`, that has one commit. */
export async function openLab(options: Parameters<typeof startLocalGitHub>[0] = {}): Promise<Lab> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false }, ...options })
  github.world.addUser({ login: 'octocat' })
  github.world.addOrganization({ login: 'acme', members: { octocat: 'admin' } })
  await github.world.addRepository({ owner: 'acme', name: 'shop' })
  await github.world.commit({ repository: 'acme/shop', files: { 'README.md': '# shop\n' }, message: 'Begin', author: 'octocat' })
  const token = github.world.createToken({ kind: 'job', repository: 'acme/shop', permissions: { contents: 'write' } })
  const open = (other = token, branch = BRANCH): GithubStore =>
    new GithubStore({ ...connect(github, other), repository: 'acme/shop', branch })
  return { github, token, open }
}

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.custom<GraphqlFault>()).default([]),
})

/** The two requests the ledger needs, over `fetch`: no repeats, no waits. */
export function connect(github: LocalGitHub, token: string): { graphql: GraphqlRequest; rest: RestRequest } {
  const headers = { authorization: `bearer ${token}`, 'content-type': 'application/json' }
  return {
    async graphql(query, variables) {
      const response = await send('POST /graphql', () =>
        fetch(github.graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query, variables }) }),
      )
      const { data, errors } = answerSchema.parse(await response.json())
      return { data: data ?? {}, errors }
    },
    async rest(route, parameters) {
      const [method = '', template = ''] = route.split(' ')
      const rest = { ...parameters }
      const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = String(rest[name])
        delete rest[name]
        return encodeURIComponent(value)
      })
      const query =
        method === 'GET'
          ? `?${new URLSearchParams(Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)])).toString()}`
          : ''
      const body = method === 'GET' ? {} : { body: JSON.stringify(rest) }
      const response = await send(route, () => fetch(`${github.apiUrl}${path}${query}`, { method, headers, ...body }))
      return { status: response.status, data: await response.json() }
    },
  }
}

async function send(route: string, request: () => Promise<Response>): Promise<Response> {
  let response: Response
  try {
    response = await request()
  } catch (cause) {
    throw new GitHubError('GITHUB_ANSWER_LOST', 'no answer', { status: 0, route, cause })
  }
  if (response.ok) return response
  const retryAfter = response.headers.get('retry-after')
  throw new GitHubError(codeOf(response), `answered ${response.status}`, {
    status: response.status,
    route,
    answer: await response.text(),
    ...(retryAfter === null ? {} : { retryAfterMs: Number(retryAfter) * 1_000 }),
  })
}

function codeOf({ status, headers }: Response): GitHubCode {
  if (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0')) return 'GITHUB_RATE_LIMITED'
  const codes: Readonly<Record<number, GitHubCode>> = {
    401: 'GITHUB_UNAUTHORIZED',
    403: 'GITHUB_FORBIDDEN',
    404: 'GITHUB_NOT_FOUND',
    409: 'GITHUB_CONFLICT',
    422: 'GITHUB_UNPROCESSABLE',
  }
  return codes[status] ?? (status >= 500 ? 'GITHUB_UNAVAILABLE' : 'GITHUB_UNEXPECTED')
}

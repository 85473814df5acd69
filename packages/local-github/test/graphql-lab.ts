import { startLocalGitHub, type LocalGitHub, type LocalGitHubOptions, type World } from '../src/index.ts'

export interface GraphqlReply {
  readonly status: number
  readonly headers: Headers
  readonly data: Readonly<Record<string, unknown>> | null | undefined
  readonly errors: readonly GraphqlError[]
  readonly body: unknown
}

export interface GraphqlError {
  readonly type?: string
  readonly path?: readonly (string | number)[]
  readonly message: string
  readonly locations?: readonly unknown[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

export interface Lab {
  readonly github: LocalGitHub
  readonly world: World
  /** A job's token for `acme/app` that may write what these tests write. */
  readonly token: string
  readonly ask: (query: string, variables?: Readonly<Record<string, unknown>>, token?: string) => Promise<GraphqlReply>
}

export const jobPermissions = { contents: 'write', issues: 'write', checks: 'write', actions: 'write', pull_requests: 'write' } as const

/** A started embedded GitHub with the organisation `acme`, its repository `acme/app` and one commit. */
export async function openLab(options: LocalGitHubOptions = {}): Promise<Lab> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false }, ...options })
  const { world } = github
  world.addUser({ login: 'maintainer' })
  world.addOrganization({ login: 'acme', members: { maintainer: 'admin' } })
  await world.addRepository({ owner: 'acme', name: 'app' })
  await world.commit({ repository: 'acme/app', files: { 'README.md': '# app\n' }, message: 'Begin', author: 'maintainer' })
  const token = world.createToken({ kind: 'job', repository: 'acme/app', permissions: jobPermissions })
  return { github, world, token, ask: (query, variables, other) => post(github, { query, variables, token: other ?? token }) }
}

interface Post {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>> | undefined
  readonly token: string
}

async function post(github: LocalGitHub, { query, variables, token }: Post): Promise<GraphqlReply> {
  const response = await fetch(github.graphqlUrl, {
    method: 'POST',
    headers: { authorization: `bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, ...(variables && { variables }) }),
  })
  const body = (await response.json()) as { data?: GraphqlReply['data']; errors?: readonly GraphqlError[] }
  return { status: response.status, headers: response.headers, data: body.data, errors: body.errors ?? [], body }
}

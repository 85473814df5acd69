import { createHash } from 'node:crypto'
import { renderNeeds } from '../auth/access.ts'
import type { Answer } from './answer.ts'
import type { Incoming, Served } from './pipeline.ts'
import type { Problem } from './problem.ts'
import type { ServerContext } from './server-context.ts'
import { apiVersions } from './versions.ts'

/** A refusal's body, as GitHub lays it out. */
export function renderProblem(problem: Problem, served: Served): Answer {
  const { errors, headers = {}, documentation } = problem.details
  const [family = '', name = ''] = served.route.operation.split('/')
  return {
    status: problem.status,
    headers,
    body: {
      message: problem.message,
      ...(errors === undefined ? {} : { errors }),
      documentation_url: documentation ?? `https://docs.github.com/rest/${family}/${family}#${name}`,
      status: String(problem.status),
    },
  }
}

export interface Rendering {
  readonly served: Served
  readonly incoming: Incoming
  readonly answer: Answer
}

export async function renderAnswer(server: ServerContext, rendering: Rendering): Promise<Response> {
  const { served, incoming, answer } = rendering
  const bytes = bytesOf(answer)
  const headers = { ...commonHeaders(server, served), ...contentHeaders(answer, bytes), ...answer.headers }
  const tag =
    isJson(answer) && answer.status === 200 && incoming.entry.method === 'GET'
      ? `W/"${createHash('sha256').update(bytes).digest('hex')}"`
      : undefined
  if (tag !== undefined) {
    Object.assign(headers, { etag: tag, 'cache-control': 'private, max-age=60, s-maxage=60', vary: 'Accept, Authorization, Cookie' })
  }
  const isUnchanged = tag !== undefined && incoming.request.headers.get('if-none-match') === tag
  await report(server, rendering, headers)
  if (isUnchanged) return new Response(null, { status: 304, headers })
  return new Response(hasNoBody(answer.status) ? null : new Uint8Array(bytes), { status: answer.status, headers })
}

function bytesOf(answer: Answer): Buffer {
  if (Buffer.isBuffer(answer.body)) return answer.body
  return answer.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.body), 'utf8')
}

const isJson = (answer: Answer): boolean => answer.headers?.['content-type'] === undefined
const hasNoBody = (status: number): boolean => status === 204 || status === 304

function contentHeaders(answer: Answer, bytes: Buffer): Record<string, string> {
  if (hasNoBody(answer.status)) return {}
  return { 'content-type': 'application/json; charset=utf-8', 'content-length': String(bytes.length) }
}

function commonHeaders(server: ServerContext, served: Served): Record<string, string> {
  const { viewer, route } = served
  const standing = server.limits.standing(viewer, route.resource)
  const headers: Record<string, string> = {
    date: new Date(server.world.clock.now()).toUTCString(),
    server: 'github.com',
    'x-github-request-id': served.requestId,
    'x-github-media-type': 'github.v3; format=json',
    'x-ratelimit-limit': String(standing.limit),
    'x-ratelimit-remaining': String(standing.remaining),
    'x-ratelimit-used': String(standing.used),
    'x-ratelimit-reset': String(standing.reset),
    'x-ratelimit-resource': standing.resource,
  }
  if (route.resource === 'core') headers['x-github-api-version-selected'] = served.apiVersion || apiVersions[0]
  if (viewer.kind !== 'token') return headers
  if (viewer.token.kind === 'classic') {
    headers['x-oauth-scopes'] = viewer.token.scopes.join(', ')
    headers['x-accepted-oauth-scopes'] =
      route.needs.length === 0 ? '' : (route.needs.find(({ scope }) => scope !== undefined)?.scope ?? 'repo')
  } else if (route.needs.length > 0) {
    headers['x-accepted-github-permissions'] = renderNeeds(route.needs)
  }
  const isPersonal = viewer.token.kind === 'fine-grained' || viewer.token.kind === 'classic'
  if (viewer.token.expiresAt !== undefined && isPersonal) {
    headers['github-authentication-token-expiration'] = viewer.token.expiresAt.replace('T', ' ').replace('Z', ' UTC')
  }
  return headers
}

/** Gives the whole exchange to whoever validates it; the credential is left out. */
async function report(server: ServerContext, { served, incoming, answer }: Rendering, headers: Record<string, string>): Promise<void> {
  const { onExchange } = server.behaviour
  if (onExchange === undefined) return
  const requestHeaders = Object.fromEntries([...incoming.request.headers].filter(([name]) => name !== 'authorization'))
  await onExchange({
    method: incoming.entry.method,
    route: served.route.path === '' ? undefined : served.route.path,
    path: incoming.url.pathname,
    query: incoming.url.search,
    apiVersion: served.apiVersion || apiVersions[0],
    requestHeaders,
    requestBody: jsonOf(incoming.bytes),
    status: answer.status,
    responseHeaders: headers,
    responseBody: Buffer.isBuffer(answer.body) ? answer.body.toString('utf8') : answer.body,
  })
}

function jsonOf(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return bytes.toString('utf8')
  }
}

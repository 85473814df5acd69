import { type GitHubCode, GitHubError, InternalError } from '@switchyard/core'
import type { GitRemote, HttpAnswer } from './http-exchange.ts'

export type GitService = 'git-upload-pack' | 'git-receive-pack'

export interface GitRequest {
  readonly method: 'GET' | 'POST'
  readonly service: GitService
  readonly body?: Uint8Array
}

export interface GitAnswer {
  readonly url: string
  readonly body: Uint8Array
}

/** A pack of 50 MB takes its time on a slow line. */
const TIMEOUT_MS = 120_000
const MAX_WORDS = 500

/**
 * One request to a git server. Source: git-scm.com/docs/http-protocol, "Smart Clients".
 *
 * @throws {GitHubError} for every answer that is not 200, and for no answer. Neither the token nor a body is part of it.
 */
export async function sendToGit(remote: GitRemote, { method, service, body }: GitRequest): Promise<GitAnswer> {
  const base = requirePlainUrl(remote.url)
  const target = method === 'GET' ? `${base}/info/refs?service=${service}` : `${base}/${service}`
  const types = method === 'GET' ? {} : { 'content-type': `application/x-${service}-request`, accept: `application/x-${service}-result` }
  const route = method === 'GET' ? `GET /{owner}/{repo}.git/info/refs?service=${service}` : `POST /{owner}/{repo}.git/${service}`
  // GitHub serves git only to whom calls itself git.
  const headers = { 'user-agent': 'git/2.0 (switchyard)', ...types, ...remote.headers }
  let answer: HttpAnswer
  try {
    answer = await remote.http.fetch(target, { method, headers, body, timeoutMs: TIMEOUT_MS })
  } catch (error) {
    throw toUnanswered(error, { route, base })
  }
  const content = new Uint8Array(await answer.arrayBuffer())
  if (answer.status !== 200) throw toRefused(answer, { route, base, content })
  return { url: answer.url, body: content }
}

function requirePlainUrl(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.username !== '' || parsed.password !== '' || parsed.search !== '' || parsed.hash !== '') {
    throw new InternalError("A repository's address is no plain URL")
  }
  return parsed.href.replace(/\/$/, '')
}

interface Asked {
  readonly route: string
  readonly base: string
}

const transportCodes: Readonly<Record<string, GitHubCode>> = { 'not-sent': 'GITHUB_UNREACHABLE', lost: 'GITHUB_ANSWER_LOST' }

function toUnanswered(error: unknown, { route, base }: Asked): GitHubError {
  const failure = error instanceof Error && 'failure' in error ? String(error.failure) : 'unusable'
  const code = transportCodes[failure] ?? 'GITHUB_UNEXPECTED'
  const context = { repository: nameOf(base), route, failure }
  return new GitHubError(code, `git: no usable answer about ${nameOf(base)}`, { status: 0, route, context, cause: error })
}

const statusCodes: Readonly<Record<number, GitHubCode>> = {
  400: 'GITHUB_BAD_REQUEST',
  401: 'GITHUB_UNAUTHORIZED',
  403: 'GITHUB_FORBIDDEN',
  404: 'GITHUB_NOT_FOUND',
  409: 'GITHUB_CONFLICT',
  410: 'GITHUB_GONE',
  413: 'GITHUB_UNPROCESSABLE',
  422: 'GITHUB_UNPROCESSABLE',
  429: 'GITHUB_RATE_LIMITED',
  451: 'GITHUB_FORBIDDEN',
}

const sayings: Partial<Readonly<Record<GitHubCode, readonly [said: string, hint: string]>>> = {
  GITHUB_UNAUTHORIZED: ['the token is not accepted', 'Make a new token, or mend the secret that holds it.'],
  GITHUB_FORBIDDEN: [
    'the token may not do this',
    'Grant the permission "Contents", and authorise the token for single sign-on where it is asked for.',
  ],
  GITHUB_NOT_FOUND: ['not found, or hidden from the token', 'Check the name, and that the token reaches this repository.'],
}

function toRefused(answer: HttpAnswer, { route, base, content }: Asked & { readonly content: Uint8Array }): GitHubError {
  const { status, headers } = answer
  const isLimited = status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0')
  const code = isLimited ? 'GITHUB_RATE_LIMITED' : status >= 500 ? 'GITHUB_UNAVAILABLE' : (statusCodes[status] ?? 'GITHUB_UNEXPECTED')
  const requestId = headers.get('x-github-request-id')
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN)
  const words = readWords(content)
  const [said, hint] = sayings[code] ?? [`answered ${status}`, undefined]
  return new GitHubError(code, `git: ${nameOf(base)}: ${said}`, {
    status,
    route,
    context: { repository: nameOf(base), route, status },
    ...(hint !== undefined && { hint }),
    ...(words !== '' && { answer: words }),
    ...(requestId !== undefined && { requestId }),
    ...(Number.isFinite(retryAfter) && { retryAfterMs: retryAfter * 1_000 }),
  })
}

function readWords(content: Uint8Array): string {
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8', 0, MAX_WORDS).trim()
  // A page is for browsers.
  return text.startsWith('<') ? '' : text
}

/** `owner/name`, as people know a repository. */
export function nameOf(url: string): string {
  return new URL(url).pathname
    .slice(1)
    .replace(/\/$/, '')
    .replace(/\.git$/, '')
}

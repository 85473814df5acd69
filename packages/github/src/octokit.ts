import { Octokit } from '@octokit/core'
import { retry } from '@octokit/plugin-retry'
import { RequestError } from '@octokit/request-error'
import { type Failure, isRateLimited, readFailure } from './failure.ts'
import { readRateLimit } from './rate-limits.ts'
import { decideRepeat, MAX_REPEATS } from './repeat.ts'
import type { GitHubOptions, RateLimit } from './types.ts'

/** The REST API version that every request asks for (rest/about-the-rest-api/api-versions). */
export const API_VERSION = '2022-11-28'

/** All statuses that the retry plugin would repeat by itself: it decides nothing, the rules below do. */
const EVERY_FAILURE = Array.from({ length: 200 }, (_, index) => 400 + index)

export interface OctokitWithRules {
  readonly octokit: Octokit
  readonly rateLimits: ReadonlyMap<string, RateLimit>
}

/**
 * The one Octokit: its own transport, a token asked for at every try, and repeats by our rules. The order of hooks matters:
 * those of the retry plugin must stand outside of ours, so that a repeat passes through ours again.
 */
export function createOctokit(options: GitHubOptions): OctokitWithRules {
  const { connection, credential, deadline, ports } = options
  const rateLimits = new Map<string, RateLimit>()
  const octokit = new Octokit({
    baseUrl: options.apiUrl,
    userAgent: 'switchyard',
    log: { debug: ports.log.debug, info: ports.log.debug, warn: ports.log.debug, error: ports.log.debug },
    request: {
      fetch: (url: string, init: { method: string; headers: Record<string, string>; body?: string }) =>
        connection.fetch(url, { ...init, timeoutMs: Math.max(MIN_TIMEOUT_MS, deadline - ports.now()) }),
    },
  })

  octokit.hook.before('request', async (request) => {
    const token = 'token' in credential ? credential.token : await credential.readToken()
    request.headers = { ...request.headers, authorization: `bearer ${token}` }
  })
  octokit.hook.after('request', (response, request) => {
    const budget = readRateLimit(response.headers)
    if (budget) rateLimits.set(...budget)
    if (response.status < 300 && !isRateLimited(response)) return
    throw new RequestError(`status ${response.status}`, response.status, { request, response })
  })
  octokit.hook.error('request', async (error, request) => {
    if (!(error instanceof RequestError)) throw error
    const budget = readRateLimit(error.response?.headers ?? {})
    if (budget) rateLimits.set(...budget)
    const failure = readFailure(error)
    const repeats = Number(request.request?.['retryCount'] ?? 0)
    const wait = decideRepeat({
      failure,
      idempotent: request.request?.['idempotent'] === true,
      repeats,
      serverNow: connection.serverNow(),
      remainingMs: deadline - ports.now(),
      chance: ports.random(),
    })
    ports.log.debug(renderTry(request, failure, wait))
    if (wait === undefined) throw error
    await ports.sleep(wait)
    throw again.retry.retryRequest(error, MAX_REPEATS, 0)
  })
  const again = retry(octokit, { retry: { doNotRetry: EVERY_FAILURE, retryAfterBaseValue: 1 } })
  return { octokit, rateLimits }
}

/** Even a step that is nearly over gets an answer to its last request. */
const MIN_TIMEOUT_MS = 1_000

function renderTry(request: { method: string; url: string }, failure: Failure, wait: number | undefined): string {
  const status = failure.status === 0 ? '' : ` (status ${failure.status})`
  return `${request.method} ${request.url}: ${failure.kind}${status}, ${wait === undefined ? 'not sent again' : `sent again in ${wait} ms`}`
}

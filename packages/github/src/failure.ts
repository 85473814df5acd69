import type { RequestError } from '@octokit/request-error'
import { isJsonObject } from '@switchyard/core'
import { TransportError } from './transport-error.ts'

/**
 * What one try came to, told by status, headers and types alone:
 * `not-sent`, `rate-limited` and `refused` prove that nothing was done; `server-error`, `lost` and `unexpected` prove nothing.
 */
export type FailureKind = 'not-sent' | 'rate-limited' | 'refused' | 'server-error' | 'lost' | 'unexpected'

export interface Failure {
  readonly kind: FailureKind
  /** 0 when there was no answer. */
  readonly status: number
  readonly headers: Readonly<Record<string, string | number | undefined>>
  readonly data: unknown
}

export type GraphqlErrors = readonly { readonly type?: string; readonly message: string; readonly path?: readonly (string | number)[] }[]

export function readFailure(error: RequestError): Failure {
  if (error.cause instanceof TransportError) {
    const kinds = { 'not-sent': 'not-sent', lost: 'lost', unusable: 'unexpected' } as const
    return { kind: kinds[error.cause.failure], status: 0, headers: {}, data: undefined }
  }
  const { response } = error
  if (!response) return { kind: 'unexpected', status: 0, headers: {}, data: undefined }
  const answer = { status: error.status, headers: response.headers, data: response.data }
  return { kind: kindOf(answer), ...answer }
}

function kindOf(answer: Omit<Failure, 'kind'>): FailureKind {
  if (isRateLimited(answer)) return 'rate-limited'
  if (answer.status >= 500) return 'server-error'
  return REFUSALS.includes(answer.status) ? 'refused' : 'unexpected'
}

const REFUSALS: readonly number[] = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 451]

/**
 * GitHub's rate limits, primary and secondary: 403 or 429 in REST, 200 with a typed error in GraphQL. A refusal for want of
 * permission is a 403 too, without these marks (rest/using-the-rest-api/rate-limits-for-the-rest-api, "Exceeding the rate limit").
 */
export function isRateLimited({ status, headers, data }: Omit<Failure, 'kind'>): boolean {
  if (status === 429) return true
  if (status === 200) return readGraphqlErrors(data).some(({ type }) => type === 'RATE_LIMITED' || headers['retry-after'] !== undefined)
  if (status !== 403) return false
  const page = isJsonObject(data) ? data['documentation_url'] : undefined
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    (typeof page === 'string' && page.includes('rate-limits'))
  )
}

/** `errors[]` of a GraphQL answer, narrowed; empty for anything else. */
export function readGraphqlErrors(data: unknown): GraphqlErrors {
  if (!isJsonObject(data) || !Array.isArray(data['errors'])) return []
  return data['errors'].filter(isJsonObject).map(({ type, message, path }) => ({
    message: typeof message === 'string' ? message : '',
    ...(typeof type === 'string' && { type }),
    ...(Array.isArray(path) && {
      path: path.filter((step): step is string | number => typeof step === 'string' || typeof step === 'number'),
    }),
  }))
}

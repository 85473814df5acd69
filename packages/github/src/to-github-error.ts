import { type FieldFault, GitHubError, type GitHubCode, isJsonObject, truncate } from '@switchyard/core'
import type { Failure } from './failure.ts'
import { explain } from './explain.ts'
import { readRetryAfter } from './repeat.ts'
import { parseScopes } from './scopes.ts'

/** What was asked, for a person to recognise: no more of it than names. */
export interface Asked {
  /** Method and template: `GET /repos/{owner}/{repo}`. */
  readonly route: string
  /** `owner/name`, or an owner's name; undefined when the request concerns neither. */
  readonly subject: string | undefined
}

/** GitHub's own words are kept this long, in UTF-16 units. */
const MAX_ANSWER = 500

/** The one place where GitHub's refusals and failures become errors of ours: by status and type, never by text. */
export function toGitHubError(failure: Failure, asked: Asked, options: { serverNow: number; cause: unknown }): GitHubError {
  const code = codeOf(failure)
  const neededPermission = code === 'GITHUB_FORBIDDEN' ? readNeededPermission(failure) : undefined
  const retryAfterMs = readRetryAfter(failure, options.serverNow)
  const grantedScopes = parseScopes(readHeader(failure, 'x-oauth-scopes'))
  const requestId = readHeader(failure, 'x-github-request-id')
  const answer = readAnswer(failure.data)
  const { message, hint } = explain({ code, failure, asked, neededPermission, retryAfterMs, serverNow: options.serverNow })
  return new GitHubError(code, message, {
    status: failure.status,
    route: asked.route,
    hint,
    cause: options.cause,
    context: { route: asked.route, status: failure.status, ...(asked.subject !== undefined && { subject: asked.subject }) },
    fields: readFields(failure.data),
    ...(requestId !== undefined && { requestId }),
    ...(neededPermission !== undefined && { neededPermission }),
    ...(grantedScopes !== undefined && { grantedScopes }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(answer !== undefined && { answer }),
    ...(failure.kind === 'rate-limited' && failure.status === 200 && { type: 'RATE_LIMITED' }),
  })
}

function codeOf({ kind, status }: Failure): GitHubCode {
  switch (kind) {
    case 'not-sent':
      return 'GITHUB_UNREACHABLE'
    case 'lost':
      return 'GITHUB_ANSWER_LOST'
    case 'rate-limited':
      return 'GITHUB_RATE_LIMITED'
    case 'server-error':
      return 'GITHUB_UNAVAILABLE'
    case 'unexpected':
      return 'GITHUB_UNEXPECTED'
    case 'refused':
      return REFUSAL_CODES[status] ?? 'GITHUB_UNEXPECTED'
  }
}

const REFUSAL_CODES: Readonly<Record<number, GitHubCode>> = {
  400: 'GITHUB_BAD_REQUEST',
  401: 'GITHUB_UNAUTHORIZED',
  403: 'GITHUB_FORBIDDEN',
  404: 'GITHUB_NOT_FOUND',
  405: 'GITHUB_BAD_REQUEST',
  409: 'GITHUB_CONFLICT',
  410: 'GITHUB_GONE',
  413: 'GITHUB_UNPROCESSABLE',
  415: 'GITHUB_BAD_REQUEST',
  422: 'GITHUB_UNPROCESSABLE',
  451: 'GITHUB_FORBIDDEN',
}

/**
 * `contents=write,metadata=read; administration=write` as `contents: write and metadata: read, or administration: write`:
 * commas ask for all, semicolons offer alternatives (rest/using-the-rest-api/troubleshooting-the-rest-api).
 */
function readNeededPermission(failure: Failure): string | undefined {
  const header = readHeader(failure, 'x-accepted-github-permissions')
  if (header === undefined || header.trim() === '') return undefined
  const alternatives = header.split(';').map((all) =>
    all
      .split(',')
      .map((one) => one.trim().replace('=', ': '))
      .filter((one) => one !== '')
      .join(' and '),
  )
  return alternatives.filter((one) => one !== '').join(', or ')
}

function readHeader({ headers }: Failure, name: string): string | undefined {
  const value = headers[name]
  return value === undefined ? undefined : String(value)
}

/** Entries that are plain text name no field. */
function readFields(data: unknown): readonly FieldFault[] {
  if (!isJsonObject(data) || !Array.isArray(data['errors'])) return []
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
  return data['errors']
    .filter(isJsonObject)
    .map((entry) => ({ resource: text(entry['resource']), field: text(entry['field']), code: text(entry['code']) }))
}

/** The message of an answer and, where it has them, what was wrong with each field. */
function readAnswer(data: unknown): string | undefined {
  if (typeof data === 'string') return data.trim() === '' ? undefined : truncate(data.trim(), MAX_ANSWER)
  if (!isJsonObject(data)) return undefined
  const details = Array.isArray(data['errors']) ? data['errors'].map(readDetail) : []
  const texts = [data['message'], ...details].filter((text): text is string => typeof text === 'string' && text !== '')
  return texts.length > 0 ? truncate(texts.join('; '), MAX_ANSWER) : undefined
}

function readDetail(detail: unknown): string | undefined {
  if (typeof detail === 'string') return detail
  if (!isJsonObject(detail)) return undefined
  if (typeof detail['message'] === 'string') return detail['message']
  return [detail['resource'], detail['field'], detail['code']].filter((part) => typeof part === 'string').join(' ')
}

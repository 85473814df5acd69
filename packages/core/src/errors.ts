import type { Fault, Place } from './fault.ts'
import type { JsonObject } from './json.ts'

/** When doing the same again can help: never, after somebody mended something, after a wait, or at once by a re-run. */
export type RetryPolicy = 'never' | 'after-change' | 'after-wait' | 'rerun'

interface ErrorOptions {
  readonly hint?: string
  readonly context?: JsonObject
  readonly cause?: unknown
}

/** What every error of Switchyard carries. Told apart by class and `code`, never by message text. */
export abstract class SwitchyardError extends Error {
  abstract readonly retryPolicy: RetryPolicy
  readonly code: string
  readonly hint: string | undefined
  readonly context: JsonObject

  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.hint = options.hint
    this.context = options.context ?? {}
  }
}

export interface UserErrorOptions extends ErrorOptions {
  /** Where in a file; the step's annotation is put there. */
  readonly place?: Place
  /** All that is wrong, when it is more than one thing. */
  readonly faults?: readonly Fault[]
  readonly retryPolicy?: RetryPolicy
  /** Whether the job, its token or the repository's settings stand against it: whoever asks, it cannot work. Default false. */
  readonly isOfJob?: boolean
}

/** What somebody gave us is wrong: an input, a file, a permission, a setting. The hint says how to mend it. */
export class UserError extends SwitchyardError {
  readonly retryPolicy: RetryPolicy
  readonly place: Place | undefined
  readonly faults: readonly Fault[]
  readonly isOfJob: boolean

  constructor(code: string, message: string, options: UserErrorOptions = {}) {
    super(code, message, options)
    this.isOfJob = options.isOfJob ?? false
    this.place = options.place
    this.faults = options.faults ?? []
    this.retryPolicy = options.retryPolicy ?? 'after-change'
  }
}

export const GITHUB_CODES = [
  'GITHUB_UNAUTHORIZED',
  'GITHUB_FORBIDDEN',
  'GITHUB_NOT_FOUND',
  'GITHUB_GONE',
  'GITHUB_CONFLICT',
  'GITHUB_UNPROCESSABLE',
  'GITHUB_BAD_REQUEST',
  'GITHUB_RATE_LIMITED',
  /** 5xx: GitHub may or may not have acted. */
  'GITHUB_UNAVAILABLE',
  /** No connection was made: nothing was sent. */
  'GITHUB_UNREACHABLE',
  /** Sent, but the answer never came. */
  'GITHUB_ANSWER_LOST',
  /** An answer that is none of what GitHub documents. */
  'GITHUB_UNEXPECTED',
] as const
export type GitHubCode = (typeof GITHUB_CODES)[number]

/** One entry of `errors[]` of a 422: what is wrong with which field. Codes as GitHub's REST troubleshooting page lists them. */
export interface FieldFault {
  readonly resource: string | undefined
  readonly field: string | undefined
  /** `missing`, `missing_field`, `invalid`, `already_exists`, `unprocessable` or `custom`. */
  readonly code: string | undefined
}

export interface GitHubErrorOptions extends ErrorOptions {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  /** Method and route template, never the filled-in URL. */
  readonly route: string
  readonly requestId?: string
  /** `errors[].type` of a GraphQL answer. */
  readonly type?: string
  /** `errors[]` of a 422. */
  readonly fields?: readonly FieldFault[]
  /** GitHub's own words, for a person to read; nothing is decided by them. */
  readonly answer?: string
  /** What `x-accepted-github-permissions` asks for. */
  readonly neededPermission?: string
  /** A classic token's scopes, which come with every answer. */
  readonly grantedScopes?: readonly string[]
  /** How long GitHub asked us to wait. */
  readonly retryAfterMs?: number
}

/** GitHub refused, failed or did not answer. Made in one place only, from the answer's status and type. */
export class GitHubError extends SwitchyardError {
  declare readonly code: GitHubCode
  readonly status: number
  readonly route: string
  readonly requestId: string | undefined
  readonly type: string | undefined
  /** Empty when GitHub named no field. */
  readonly fields: readonly FieldFault[]
  readonly answer: string | undefined
  readonly neededPermission: string | undefined
  /** undefined: the token is none that has scopes. */
  readonly grantedScopes: readonly string[] | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: GitHubCode, message: string, options: GitHubErrorOptions) {
    super(code, message, options)
    this.status = options.status
    this.route = options.route
    this.requestId = options.requestId
    this.type = options.type
    this.fields = options.fields ?? []
    this.answer = options.answer
    this.neededPermission = options.neededPermission
    this.grantedScopes = options.grantedScopes
    this.retryAfterMs = options.retryAfterMs
  }

  get retryPolicy(): RetryPolicy {
    switch (this.code) {
      case 'GITHUB_RATE_LIMITED':
        return 'after-wait'
      case 'GITHUB_UNAVAILABLE':
      case 'GITHUB_UNREACHABLE':
      case 'GITHUB_ANSWER_LOST':
      case 'GITHUB_CONFLICT':
        return 'rerun'
      case 'GITHUB_UNAUTHORIZED':
      case 'GITHUB_FORBIDDEN':
      case 'GITHUB_NOT_FOUND':
      case 'GITHUB_GONE':
      case 'GITHUB_UNPROCESSABLE':
      case 'GITHUB_BAD_REQUEST':
        return 'after-change'
      case 'GITHUB_UNEXPECTED':
        return 'never'
    }
  }

  /** True when GitHub may have acted although we got no proof: such a request is never sent again blindly. */
  get isAmbiguous(): boolean {
    return this.code === 'GITHUB_UNAVAILABLE' || this.code === 'GITHUB_ANSWER_LOST' || this.code === 'GITHUB_UNEXPECTED'
  }
}

/** Our own bug. */
export class InternalError extends SwitchyardError {
  readonly retryPolicy = 'never'

  constructor(message: string, options: ErrorOptions = {}) {
    super('INTERNAL', message, options)
  }
}

/** The error as one of ours: anything unknown that was thrown is a bug of ours. */
export function toSwitchyardError(thrown: unknown): SwitchyardError {
  if (thrown instanceof SwitchyardError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new InternalError(message, { cause: thrown })
}

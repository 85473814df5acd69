export interface FieldError {
  readonly resource?: string
  readonly field?: string
  readonly code?: string
  readonly message?: string
  readonly value?: unknown
}

export interface ProblemDetails {
  readonly errors?: readonly (FieldError | string)[]
  readonly headers?: Readonly<Record<string, string>>
  /** Where the answer points; the route's own page unless said. */
  readonly documentation?: string
}

/** A refusal in GitHub's own words: status, message and, for a 422, what was wrong with which field. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly details: ProblemDetails

  constructor(status: number, message: string, details: ProblemDetails = {}) {
    super(message)
    this.status = status
    this.details = details
  }
}

export const notFound = (): Problem => new Problem(404, 'Not Found')

export const badCredentials = (): Problem => new Problem(401, 'Bad credentials', { documentation: 'https://docs.github.com/rest' })

export const requiresAuthentication = (): Problem => new Problem(401, 'Requires authentication')

export const validationFailed = (...errors: readonly FieldError[]): Problem => new Problem(422, 'Validation Failed', { errors })

/** What this server does not play names itself, so that nobody takes a guess for GitHub. */
export const notPlayed = (what: string): Problem => new Problem(501, `The embedded GitHub does not play ${what}`)

/** The values of `errors[].type` that resolvers give; `NOT_IMPLEMENTED` is the only one that is not GitHub's. */
export type RefusalType =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'STALE_DATA'
  | 'UNPROCESSABLE'
  | 'BRANCH_PROTECTION_RULE_VIOLATION'
  | 'INSUFFICIENT_SCOPES'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'EXCESSIVE_PAGINATION'
  | 'INVALID_CURSOR_ARGUMENTS'
  | 'NOT_IMPLEMENTED'

export interface RefusalOptions {
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** A field that GitHub would answer with an entry in `errors` and null in `data`. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** Undefined for the few errors that GitHub gives no type. */
  readonly type: RefusalType | undefined
  readonly extensions: Readonly<Record<string, unknown>> | undefined

  constructor(type: RefusalType | undefined, message: string, options: RefusalOptions = {}) {
    super(message)
    this.type = type
    this.extensions = options.extensions
  }
}

export function notFound(message: string): Refusal {
  return new Refusal('NOT_FOUND', message)
}

export function unprocessable(message: string): Refusal {
  return new Refusal('UNPROCESSABLE', message)
}

export function forbidden(message: string): Refusal {
  return new Refusal('FORBIDDEN', message, { extensions: { saml_failure: false } })
}

/** Never something plausible: what has no data here names itself. */
export function notImplemented(field: string): Refusal {
  return new Refusal('NOT_IMPLEMENTED', `${field} is not implemented by the embedded GitHub`)
}

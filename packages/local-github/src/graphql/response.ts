import type { GraphQLError, SourceLocation } from 'graphql'
import { Refusal } from './refusal.ts'

/** One entry of `errors`, in the order of keys GitHub uses. */
export interface ResponseError {
  readonly type?: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly locations?: readonly SourceLocation[]
  readonly message: string
}

export interface GraphqlResponse {
  readonly data?: unknown
  readonly errors?: readonly ResponseError[]
}

/** What GitHub says when its own code fails: no detail, which is kept for the log. */
const brokenMessage = 'Something went wrong while executing your query. This is most likely a GitHub bug.'

/** An execution error as GitHub writes it: the type beside the message, not in the extensions. */
export function renderExecutionError(error: GraphQLError): ResponseError {
  const cause = error.originalError
  const place = { ...(error.path && { path: error.path }), ...(error.locations && { locations: error.locations }) }
  if (cause instanceof Refusal) {
    return {
      ...(cause.type !== undefined && { type: cause.type }),
      ...(error.path && { path: error.path }),
      ...(cause.extensions && { extensions: cause.extensions }),
      ...(error.locations && { locations: error.locations }),
      message: cause.message,
    }
  }
  if (cause === undefined) return { ...place, message: error.message }
  return { ...place, message: `${brokenMessage} ${cause.message}` }
}

import { GitHubError, type RetryPolicy, SwitchyardError, UserError } from './errors.ts'
import type { Fault, Place } from './fault.ts'
import type { JsonObject } from './json.ts'

/** How any error looks outside: in `result`, in logs, in records. Never holds a stack. */
export interface ErrorEnvelope {
  readonly code: string
  readonly message: string
  readonly severity: 'error' | 'warning'
  readonly retryPolicy: RetryPolicy
  readonly requestId: string | null
  /** ISO 8601, UTC. */
  readonly timestamp: string
  readonly context: JsonObject
  readonly hint: string | null
  readonly place: Place | null
  readonly faults: readonly Fault[]
  /** `code: message` of each cause, outermost first. */
  readonly causeChain: readonly string[]
}

/** The error as it is shown outside. `at` is in ms since the epoch. */
export function toEnvelope(error: SwitchyardError, at: number): ErrorEnvelope {
  return {
    code: error.code,
    message: error.message,
    severity: 'error',
    retryPolicy: error.retryPolicy,
    requestId: error instanceof GitHubError ? (error.requestId ?? null) : null,
    timestamp: new Date(at).toISOString(),
    context: error.context,
    hint: error.hint ?? null,
    place: error instanceof UserError ? (error.place ?? null) : null,
    faults: error instanceof UserError ? error.faults : [],
    causeChain: causeChain(error),
  }
}

const MAX_CAUSES = 8

function causeChain(error: Error): string[] {
  const chain: string[] = []
  let cause: unknown = error.cause
  while (cause instanceof Error && chain.length < MAX_CAUSES) {
    chain.push(cause instanceof SwitchyardError ? `${cause.code}: ${cause.message}` : cause.message)
    cause = cause.cause
  }
  return chain
}

import { fullJitter, RETRY_STEPS_MS } from '@switchyard/core'
import type { Failure } from './failure.ts'

/** Tries after the first one. */
export const MAX_REPEATS = RETRY_STEPS_MS.length

/** GitHub asks for at least a minute when it limits without saying for how long (rest/using-the-rest-api/best-practices). */
const UNSAID_LIMIT_MS = 60_000
/** Runs that were limited together do not come back together. */
const SPREAD_MS = 1_000
/** `x-ratelimit-reset` has whole seconds. */
const RESET_MARGIN_MS = 1_000

export interface Try {
  readonly failure: Failure
  /** Sending it twice has the effect of sending it once. */
  readonly idempotent: boolean
  /** How often it has been repeated already. */
  readonly repeats: number
  /** ms since the epoch by GitHub's clock. */
  readonly serverNow: number
  /** How long the step still has, in ms. */
  readonly remainingMs: number
  /** From 0 (included) to 1 (not included). */
  readonly chance: number
}

/**
 * How long to wait before the request is sent again, in ms; undefined: never again. What proves that nothing was done may
 * be repeated whatever it was; what proves nothing, only if it is idempotent. Nothing waits beyond the step's time.
 */
export function decideRepeat(attempt: Try): number | undefined {
  if (attempt.repeats >= MAX_REPEATS || !isRepeatable(attempt)) return undefined
  const wait = waitFor(attempt)
  return wait < attempt.remainingMs ? wait : undefined
}

function isRepeatable({ failure, idempotent }: Try): boolean {
  switch (failure.kind) {
    case 'not-sent':
    case 'rate-limited':
      return true
    case 'server-error':
    case 'lost':
      return idempotent
    case 'refused':
    case 'unexpected':
      return false
  }
}

function waitFor({ failure, repeats, serverNow, chance }: Try): number {
  const asked = readRetryAfter(failure, serverNow)
  if (asked !== undefined) return asked
  if (failure.kind !== 'rate-limited') return fullJitter(repeats, chance)
  return UNSAID_LIMIT_MS + Math.floor(chance * SPREAD_MS)
}

/** How long GitHub asks to wait, in ms: `retry-after` (seconds or a date), else the reset of a budget that is used up. */
export function readRetryAfter({ kind, headers }: Failure, serverNow: number): number | undefined {
  const asked = headers['retry-after']
  if (asked !== undefined) {
    const seconds = Number(asked)
    const until = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(String(asked)) - serverNow
    if (Number.isFinite(until)) return Math.max(0, until)
  }
  const reset = Number(headers['x-ratelimit-reset'])
  if (kind !== 'rate-limited' || headers['x-ratelimit-remaining'] !== '0' || !Number.isFinite(reset)) return undefined
  return Math.max(0, reset * 1_000 - serverNow) + RESET_MARGIN_MS
}

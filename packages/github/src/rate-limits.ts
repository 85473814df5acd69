import type { RateLimit } from './types.ts'

/** The budget that an answer's headers tell of, with the name of its resource. */
export function readRateLimit(headers: Readonly<Record<string, string | number | undefined>>): readonly [string, RateLimit] | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => Number(headers[`x-ratelimit-${name}`] ?? NaN))
  const resource = headers['x-ratelimit-resource'] ?? 'core'
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined
  if (![limit, remaining, reset].every(Number.isFinite)) return undefined
  return [String(resource), { limit, remaining, resetAt: reset * 1_000 }]
}

import type { GitHubCode } from '@switchyard/core'
import type { Reason } from '../reasons.ts'

/** What is known of a dispatch that was not answered with success. */
export interface DispatchRefusalAnswer {
  readonly code: GitHubCode
  readonly status: number
  /** GitHub's own words. */
  readonly answer?: string | undefined
}

/**
 * GitHub's names for what it refuses with 422: it sends no code, so its words choose which of our reasons is told.
 * Whether anything started never depends on them.
 */
const WORDS: readonly (readonly [RegExp, Reason])[] = [
  [/trigger/i, 'no-workflow-dispatch-trigger'],
  [/disabled/i, 'workflow-disabled'],
  [/\bref\b/i, 'ref-not-found'],
  [/\binputs?\b|provided value/i, 'unexpected-inputs'],
]

/**
 * What a refused dispatch means. Only 401, 403, 404 and 422, and what never reached GitHub, prove that nothing started;
 * everything else is ambiguous and must not be sent again before the target's runs were looked at.
 */
export function translateDispatchAnswer({ code, status, answer }: DispatchRefusalAnswer): { readonly reason: Reason } | 'ambiguous' {
  if (code === 'GITHUB_RATE_LIMITED') return { reason: 'rate-limited' }
  if (code === 'GITHUB_UNREACHABLE') return { reason: 'github-unreachable' }
  switch (status) {
    case 401:
      return { reason: 'not-permitted' }
    case 403:
      return { reason: /disabled workflow/i.test(answer ?? '') ? 'workflow-disabled' : 'not-permitted' }
    case 404:
      return { reason: 'workflow-not-found' }
    case 422: {
      // A disabled workflow's refusal speaks of its trigger too.
      const words = /disabled/i.test(answer ?? '') ? 'disabled' : (answer ?? '')
      return { reason: WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'dispatch-refused' }
    }
    default:
      return 'ambiguous'
  }
}

import type { GitHubCode, ReasonCodeOf } from '@switchyard/core'

/** Outputs that every action has. */
export const COMMON_OUTPUTS = {
  decision: 'How it ended: `done`, `nothing-to-do`, `refused` or `failed`.',
  'reason-code': 'Why it ended so: one of the reason codes below.',
  result: 'All of it as JSON, with `schema_version`. After an error: its envelope under `error`.',
} as const

const GITHUB_REASONS = {
  'github-unauthorized': 'GitHub does not accept the token.',
  'github-forbidden': 'The token lacks a permission; the message names it where GitHub does.',
  'github-not-found': 'Something does not exist, or the token cannot see it.',
  'github-gone': 'A feature is switched off, or something was deleted.',
  'github-conflict': 'Something is in a state that does not allow this now.',
  'github-unprocessable': 'GitHub refused what a request says.',
  'github-bad-request': 'GitHub did not understand a request.',
  'github-rate-limited': 'A rate limit of GitHub is used up, and waiting for it is longer than the step may last.',
  'github-unavailable': 'GitHub failed, and went on failing.',
  'github-unreachable': 'GitHub could not be reached.',
  'github-answer-lost': 'A request was sent, but its answer never came.',
  'github-unexpected': 'GitHub answered in a way that it does not document.',
} as const satisfies Record<ReasonCodeOf<GitHubCode>, string>

/** Reasons that every action can end with, beside its own. */
export const COMMON_REASON_CODES = {
  'invalid-input': 'Inputs of the step are missing or wrong; each is named.',
  'user-error': 'Something else that was given to the action is wrong; `result` holds its code.',
  ...GITHUB_REASONS,
  internal: 'A bug of ours; the log has a link to report it.',
} as const

/** The reasons of `COMMON_REASON_CODES`. */
export type CommonReasonCode = keyof typeof COMMON_REASON_CODES

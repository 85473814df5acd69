import { GITHUB_CODES, type GitHubCode } from '@switchyard/core'

/** Outputs that every action has. */
export const COMMON_OUTPUTS = {
  decision: 'How it ended: `done`, `nothing-to-do`, `refused` or `failed`.',
  'reason-code': 'Why it ended so: one of the reason codes below.',
  result: 'All of it as JSON, with `schema_version`. After an error: its envelope under `error`.',
} as const

const GITHUB_REASONS = {
  GITHUB_UNAUTHORIZED: 'GitHub does not accept the token.',
  GITHUB_FORBIDDEN: 'The token lacks a permission; the message names it where GitHub does.',
  GITHUB_NOT_FOUND: 'Something does not exist, or the token cannot see it.',
  GITHUB_GONE: 'A feature is switched off, or something was deleted.',
  GITHUB_CONFLICT: 'Something is in a state that does not allow this now.',
  GITHUB_UNPROCESSABLE: 'GitHub refused what a request says.',
  GITHUB_BAD_REQUEST: 'GitHub did not understand a request.',
  GITHUB_RATE_LIMITED: 'A rate limit of GitHub is used up, and waiting for it is longer than the step may last.',
  GITHUB_UNAVAILABLE: 'GitHub failed, and went on failing.',
  GITHUB_UNREACHABLE: 'GitHub could not be reached.',
  GITHUB_ANSWER_LOST: 'A request was sent, but its answer never came.',
  GITHUB_UNEXPECTED: 'GitHub answered in a way that it does not document.',
} as const satisfies Record<GitHubCode, string>

/** Reasons that every action can end with, beside its own. */
export const COMMON_REASON_CODES: Readonly<Record<string, string>> = {
  'invalid-input': 'Inputs of the step are missing or wrong; each is named.',
  'user-error': 'Something else that was given to the action is wrong; `result` holds its code.',
  ...Object.fromEntries(GITHUB_CODES.map((code) => [toReasonCode(code), GITHUB_REASONS[code]])),
  internal: 'A bug of ours; the log has a link to report it.',
}

/** An error's code as it is written outside. */
export function toReasonCode(code: string): string {
  return code.toLowerCase().replaceAll('_', '-')
}

/** The same of codes that the compiler knows: with it a list of reasons is held complete. */
export type ReasonCodeOf<Code extends string> = Code extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}-${ReasonCodeOf<Tail>}`
  : Lowercase<Code>

/** The reasons of `COMMON_REASON_CODES`. */
export type CommonReasonCode = 'invalid-input' | 'user-error' | 'internal' | ReasonCodeOf<GitHubCode>

/** Bytes of UTF-8 that an issue or comment body may have; the message speaks of characters. Source: github-facts 6.1. */
export const BODY_BYTES = 262_144
export const BODY_TOO_LONG = 'body is too long (maximum is 65536 characters)'
/** Characters of an issue's title. */
export const TITLE_CHARACTERS = 256
/** Characters of a check run's `summary` and of its `text`. */
export const CHECK_TEXT_CHARACTERS = 65_535
export const CHECK_ANNOTATIONS_PER_REQUEST = 50
export const CHECK_ACTIONS = 3
export const SUB_ISSUES = 100
export const SUB_ISSUE_LEVELS = 8
export const BLOCKERS = 50
/** Of a dispatch: keys, and characters of their compact JSON. */
export const DISPATCH_INPUTS = 25
export const DISPATCH_CHARACTERS = 65_535
export const LABEL_DESCRIPTION_CHARACTERS = 100

export function isBodyTooLong(body: string): boolean {
  return Buffer.byteLength(body, 'utf8') > BODY_BYTES
}

import { sha256, withoutBom } from '@switchyard/core'

/** A plan's text as it is kept: without byte-order mark, lines ending in `\n`. */
export function normalizePlanText(text: string): string {
  return withoutBom(text).replaceAll('\r\n', '\n')
}

/** What names a version of a plan: the same for a file that an editor of Windows saved. 64 lower-case hex digits. */
export function planSha256(text: string): string {
  return sha256(normalizePlanText(text))
}

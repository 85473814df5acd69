import { fenceOf, showUnseen, truncate } from '@switchyard/core'

/** Longest line that is shown. It also bounds how long a fence can get. */
const MAX_LINE = 400

export interface Fenced {
  /** Our own words: it stands in HTML as it is. */
  readonly title: string
  readonly lines: readonly string[]
  /** What the lines are, for colours: `diff`. */
  readonly language?: string
}

/**
 * Lines that strangers wrote, folded away under a title, in at most `max` UTF-16 units: a fence longer than any run of
 * backticks in them, nothing unseen left unseen. What does not fit is counted. Empty when less than 1,000 units are left.
 */
export function renderFenced({ title, lines, language = '' }: Fenced, max: number): string {
  if (lines.length === 0 || max < 1_000) return ''
  const safe = lines.map((line) => truncate(showUnseen(line, { keepsJoiners: true }), MAX_LINE))
  const fence = fenceOf(safe.join('\n'))
  const frame = (shown: readonly string[], rest: string): string =>
    `<details><summary>${title}</summary>\n\n${fence}${language}\n${shown.join('\n')}\n${fence}\n${rest}\n</details>`
  const restOf = (count: number): string => (count === 0 ? '' : `\n${count} more lines are in the report of the run.\n`)
  let room = max - frame([], restOf(safe.length)).length
  const shown: string[] = []
  for (const line of safe) {
    room -= line.length + 1
    if (room < 0) break
    shown.push(line)
  }
  return frame(shown, restOf(safe.length - shown.length))
}

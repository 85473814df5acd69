import { escapeMarkdown, inlineCode, renderLink, truncate } from '@switchyard/core'
import { MAX_TITLE } from './limits.ts'

/** The break that core's escapes put into mentions. */
const BREAK = '\u200b'
/** Letters that are written from right to left, and would turn what stands beside them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Strangers' text as inert Markdown of at most `max` UTF-16 units, escapes and all; `…` where it was cut. */
export function clip(text: string, max: number): string {
  const whole = escapeMarkdown(text.slice(0, max).toWellFormed()).trim()
  if (text.length <= max && whole.length <= max) return isolate(whole)
  for (let length = Math.min(text.length - 1, max); length > 0; length = Math.floor(length * 0.8)) {
    const cut = escapeMarkdown(truncate(text, length).toWellFormed()).trim()
    if (cut.length <= max) return isolate(cut)
  }
  return max > 0 ? '…' : ''
}

/** A message of ours, in which names of theirs stand between backticks: those as code, all of it inert, of at most `max` units before escapes. */
export function clipWords(text: string, max: number): string {
  const pieces = truncate(text, max)
    .toWellFormed()
    .split(/`([^`]+)`/)
  return pieces
    .map((piece, at) => (at % 2 === 1 ? inlineCode(piece) : piece === '' ? '' : isolate(escapeMarkdown(piece))))
    .join('')
    .trim()
}

/** Strangers' words as code, cut to `max` units. */
export function clipCode(text: string, max: number): string {
  return inlineCode(truncate(text, max).toWellFormed())
}

/** Strangers' text inside an HTML element, where Markdown is not read but mentions and references are. */
export function escapeHtml(text: string): string {
  return isolate(
    text
      .toWellFormed()
      .replace(/[\s\u2028\u2029]+/g, ' ')
      .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/[@#](?=[\w-])/g, `$&${BREAK}`)
      .replace(/\bGH-(?=\d)/gi, `$&${BREAK}`)
      .replace(/:\/\//g, `:${BREAK}//`)
      .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}${BREAK}.`),
  )
}

/** A link of ours; one whose address is endless is its words alone. */
export function linkTo(text: string, url: string | undefined): string {
  return url === undefined || url.length > 500 || text.length > MAX_TITLE
    ? clip(text, MAX_TITLE)
    : renderLink(text.toWellFormed(), url.toWellFormed())
}

/** `#12` as a link of ours, which nothing of others is in. */
export function linkNumber(number: number, url: string | undefined): string {
  return url !== undefined && /^https?:\/\/[^\s<>()|]{1,500}$/.test(url) ? `[#${number}](${url})` : escapeMarkdown(`#${number}`)
}

/** Between Unicode's isolates a title from right to left leaves the order of what follows it alone. */
function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}

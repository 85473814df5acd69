import { BREAK } from './break.ts'
import { escapeMarkdown, inlineCode } from './escape.ts'
import { truncate } from './truncate.ts'

/** Letters that are written from right to left, and would turn what stands beside them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Strangers' text as inert Markdown of at most `max` UTF-16 units, escapes and all; `…` where it was cut. */
export function clip(text: string, max: number): string {
  for (let length = Math.min(text.length, max); length > 0; length = shorter(length, text)) {
    const shown = isolate(escapeMarkdown(truncate(text, length)).trim())
    if (shown.length <= max) return shown
  }
  return text === '' || max <= 0 ? '' : '…'
}

/** A text that is whole gives its last character first: often that is enough. */
function shorter(length: number, text: string): number {
  return length === text.length ? length - 1 : Math.floor(length * 0.8)
}

/**
 * A message of ours, in which names of theirs stand between backticks: those as code, all of it inert, of at most `max` units before escapes
 * and links. `linkOf`: Markdown for the references that are ours to make; of any other number undefined, and it stays inert.
 */
export function clipWords(text: string, max: number, linkOf: (number: number) => string | undefined = () => undefined): string {
  return truncate(text, max)
    .split(/`([^`]+)`/)
    .map((piece, at) => isolate(at % 2 === 1 ? inlineCode(piece) : linkReferences(piece, linkOf)))
    .join('')
    .trim()
}

function linkReferences(piece: string, linkOf: (number: number) => string | undefined): string {
  const parts = piece.split(/(?<![\w/#])#(\d{1,10})\b/)
  let text = parts[0] ?? ''
  let shown = ''
  for (let at = 1; at < parts.length; at += 2) {
    const [number = '', rest = ''] = parts.slice(at, at + 2)
    const link = linkOf(Number(number))
    if (link === undefined) {
      text += `#${number}${rest}`
      continue
    }
    shown += escapeMarkdown(text) + link
    text = rest
  }
  return shown + escapeMarkdown(text)
}

/** Strangers' words as code, cut to `max` units. */
export function clipCode(text: string, max: number): string {
  return isolate(inlineCode(truncate(text, max)))
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

/** Between Unicode's isolates a title from right to left leaves the order of what follows it alone. */
function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}

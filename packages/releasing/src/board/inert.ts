import { escapeMarkdown, truncate } from '@switchyard/core'

/** The break that core's escapes put into mentions. */
const BREAK = '\u200b'

/** Strangers' text as inert Markdown of at most `max` UTF-16 units, escapes and all; `…` where it was cut. */
export function clip(text: string, max: number): string {
  const whole = escapeMarkdown(text.slice(0, max)).trim()
  if (text.length <= max && whole.length <= max) return whole
  for (let length = Math.min(text.length - 1, max); length > 0; length = Math.floor(length * 0.8)) {
    const cut = escapeMarkdown(truncate(text, length)).trim()
    if (cut.length <= max) return cut
  }
  return max > 0 ? '…' : ''
}

/** `clip` for texts that come again and again, as the names of steps do. */
export function clipper(max: number): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const found = known.get(text) ?? clip(text, max)
    known.set(text, found)
    return found
  }
}

/** Strangers' text inside an HTML element, where Markdown is not read but mentions and references are. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[@#](?=[\w-])/g, `$&${BREAK}`)
    .replace(/\bGH-(?=\d)/gi, `$&${BREAK}`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}${BREAK}.`)
}

import { truncate } from '@switchyard/core'

/** Signs that nobody sees, or that turn the direction of text: shown by number, so that what is approved is what is read. */
const UNSEEN = /[^\P{C}\n\t]|[\u2028\u2029]/gu

export interface SafeCode {
  readonly text: string
  /** Whether signs were shown by their number. */
  readonly hasUnseen: boolean
  /** UTF-16 units that were left out. */
  readonly cut: number
}

/** Strangers' code in a fence that ends where it should. At most `max` UTF-16 units of it are shown. */
export function renderCode(content: string, { language, max }: { readonly language: string; readonly max: number }): SafeCode {
  const seen = content.replace(/\r\n/g, '\n').replace(UNSEEN, (sign) => `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`).replace(/`{101,}/g, (run) => `⟨${run.length} backticks⟩`)
  // A fence is longer than every run of backticks in it, so endless ones are told, not shown.
  const text = truncate(seen, max)
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return { text: `${fence}${language}\n${text}\n${fence}`, hasUnseen: /[^\P{C}\n\t\r]|[\u2028\u2029]|\r(?!\n)/u.test(content), cut: Math.max(0, seen.length - max) }
}

import { truncate } from '@switchyard/core'

/** Signs that nobody sees, or that turn the direction of text: shown by number, so that what is approved is what is read. */
const UNSEEN = /[^\P{C}\n\t]|[\u2028\u2029]/u

export interface SafeCode {
  readonly text: string
  /** Whether signs were shown by their number. */
  readonly hasUnseen: boolean
  /** UTF-16 units that were left out. */
  readonly cut: number
}

/** Strangers' code in a fence that ends where it should. At most `max` UTF-16 units of it are shown. */
export function renderCode(content: string, { language, max }: { readonly language: string; readonly max: number }): SafeCode {
  const lines = content.replace(/\r\n/g, '\n')
  const seen = lines
    .replace(new RegExp(UNSEEN, 'gu'), renderUnseen)
    // A fence is longer than every run of backticks in it, so endless ones are told, not shown.
    .replace(/`{101,}/g, (run) => `⟨${run.length} backticks⟩`)
  const text = truncate(seen, max)
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return { text: `${fence}${language}\n${text}\n${fence}`, hasUnseen: UNSEEN.test(lines), cut: Math.max(0, seen.length - max) }
}

function renderUnseen(sign: string): string {
  return `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`
}

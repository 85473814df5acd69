import { fenceOf } from './fence.ts'
import { truncate } from './truncate.ts'

/** Signs that nobody sees, or that turn the direction of text. */
const UNSEEN = /[^\P{C}\n\t]|[\u2028\u2029]/gu
/** The same without the sign that makes one emoji of several. */
const UNSEEN_BUT_JOINERS = /[^\P{C}\n\t\u200d]|[\u2028\u2029]/gu

export interface CodeStyle {
  /** What it is, for colours. */
  readonly language: string
  /** UTF-16 units that are shown at most. */
  readonly max: number
  /** Whether joined emoji stay as they are: not where somebody approves exactly what is read. */
  readonly keepsJoiners?: boolean
}

export interface SafeCode {
  readonly text: string
  /** Whether signs were shown by their number. */
  readonly hasUnseen: boolean
  /** UTF-16 units that were left out. */
  readonly cut: number
}

/** Strangers' code in a fence that ends where it should; what nobody sees is shown by its number. */
export function renderCode(content: string, { language, max, keepsJoiners = false }: CodeStyle): SafeCode {
  const lines = content.replace(/\r\n/g, '\n')
  const seen = showUnseen(lines, { keepsJoiners })
  // A fence is longer than every run of backticks in it, so endless ones are told, not shown.
  const whole = seen.replace(/`{101,}/g, (run) => `⟨${run.length} backticks⟩`)
  const text = truncate(whole, max)
  const fence = fenceOf(text)
  const cut = text === whole ? 0 : whole.length - text.length + 1
  return { text: `${fence}${language}\n${text}\n${fence}`, hasUnseen: seen !== lines, cut }
}

/** A text in which all that nobody sees, but line breaks and tabs, stands as its number: `⟨U+202E⟩`. */
export function showUnseen(text: string, { keepsJoiners = false }: Pick<CodeStyle, 'keepsJoiners'> = {}): string {
  return text.replace(keepsJoiners ? UNSEEN_BUT_JOINERS : UNSEEN, toNumber)
}

function toNumber(sign: string): string {
  return `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`
}

import type { CommandFault, CommentPlace } from '../fault.ts'
import { type CleanLine, findQuote, TYPOGRAPHIC_FLAG } from './characters.ts'

interface TokenBase extends CommentPlace {
  /** As it was typed, without what nobody sees. */
  readonly source: string
}

export interface Word extends TokenBase {
  readonly kind: 'word'
  readonly text: string
  /** Whether the whole word stood in quotes. */
  readonly quoted: boolean
}

export interface FlagToken extends TokenBase {
  readonly kind: 'flag'
  readonly name: string
  readonly value: string | undefined
  /** Written with a dash that a keyboard made of `--`: a flag only if the command knows it, else plain text. */
  readonly typographic: boolean
}

/** `--`: what follows is no flag. */
export interface EndOfFlags extends TokenBase {
  readonly kind: 'end'
}

export type Token = Word | FlagToken | EndOfFlags

interface Reading {
  readonly value: string
  readonly quoted: boolean
  /** Index behind what was read. */
  readonly end: number
  readonly unclosed: boolean
}

/** Splits a line into words and flags, from an index on. Quotes count at the beginning of a word or value only: `it's` is a word. */
export function tokenise(
  { text, columns }: CleanLine,
  { from, line }: { readonly from: number; readonly line: number },
): { readonly tokens: readonly Token[]; readonly faults: readonly CommandFault[] } {
  const tokens: Token[] = []
  const faults: CommandFault[] = []
  let ended = false
  let at = skipSpace(text, from)
  while (at < text.length) {
    const start = at
    const place = { line, column: columns[start] ?? start + 1 }
    const flag = ended ? undefined : findFlag(text, start)
    const valueAt = flag?.valueAt ?? start
    const reading = flag && flag.valueAt === undefined ? undefined : readValue(text, valueAt)
    at = reading?.end ?? flag?.end ?? start
    const source = text.slice(start, at)
    if (reading?.unclosed) faults.push(unclosedQuote(line, columns[valueAt] ?? place.column))
    if (flag) {
      tokens.push({ kind: 'flag', ...place, source, name: flag.name, value: reading?.value, typographic: flag.typographic })
    } else if (source === '--' && !ended) {
      ended = true
      tokens.push({ kind: 'end', ...place, source })
    } else {
      tokens.push({ kind: 'word', ...place, source, text: reading?.value ?? source, quoted: reading?.quoted ?? false })
    }
    at = skipSpace(text, at)
  }
  return { tokens, faults }
}

const NAME = /[A-Za-z][^\s=]*/y

function findFlag(
  text: string,
  start: number,
): { name: string; end: number; valueAt: number | undefined; typographic: boolean } | undefined {
  const joined = TYPOGRAPHIC_FLAG.exec(text.slice(start, start + 3))
  const dashes = text.startsWith('--', start) ? 2 : (joined?.[0].length ?? 0)
  if (dashes === 0) return undefined
  NAME.lastIndex = start + dashes
  const name = NAME.exec(text)?.[0]
  if (name === undefined) return undefined
  const end = start + dashes + name.length
  return { name: name.toLowerCase(), end, valueAt: text[end] === '=' ? end + 1 : undefined, typographic: joined !== null }
}

/** One word from `start` to the next space, or to the quote that closes it. Letters behind a closing quote make it a plain word. */
function readValue(text: string, start: number): Reading {
  // `!"Acme Corp"` leaves out a name with a space in it.
  const sign = text[start] === '!' ? '!' : ''
  const quote = findQuote(text[start + sign.length])
  if (!quote) return plainWord(text, start, start)
  let value = sign
  for (let index = start + sign.length + 1; index < text.length; index += 1) {
    const char = text[index] ?? ''
    const next = text[index + 1] ?? ''
    if (quote.escapes && char === '\\' && (next === '\\' || (next !== '' && quote.closers.includes(next)))) {
      value += next
      index += 1
    } else if (quote.closers.includes(char)) {
      const end = index + 1
      return end >= text.length || isSpace(text[end]) ? { value, quoted: sign === '', end, unclosed: false } : plainWord(text, start, end)
    } else {
      value += char
    }
  }
  return { value, quoted: sign === '', end: text.length, unclosed: true }
}

function plainWord(text: string, start: number, from: number): Reading {
  let end = from
  while (end < text.length && !isSpace(text[end])) end += 1
  return { value: text.slice(start, end), quoted: false, end, unclosed: false }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text[at])) at += 1
  return at
}

/** Any white space parts words, the no-break spaces of keyboards and web pages too. */
function isSpace(char: string | undefined): boolean {
  return char !== undefined && /\s/.test(char)
}

function unclosedQuote(line: number, column: number): CommandFault {
  return {
    code: 'unclosed-quote',
    message: 'A quote is opened here and never closed.',
    hint: 'Close it on the same line; inside double quotes write \\" for a quote and \\\\ for a backslash.',
    line,
    column,
  }
}

import { findInlineLines, type Inline } from './inline-lines.ts'

/** A part of a comment, as far as commands are concerned. Lines count from 1. */
export type Piece =
  | { readonly kind: 'blank' }
  | LinePiece
  | FencePiece
  /** Quotes, list items, indented code, HTML that is not shown: never a command. */
  | { readonly kind: 'other' }

/** A line that could be a command. */
export interface LinePiece {
  readonly kind: 'line'
  readonly line: number
  readonly text: string
  /** What GitHub shows it in, though the line itself does not say so: a quote or inline code that began above it. */
  readonly within: 'quote' | 'code' | undefined
  /** It goes on with a paragraph and would be code elsewhere: no command. */
  readonly indented: boolean
}

export interface FencePiece {
  readonly kind: 'fence'
  readonly line: number
  readonly column: number
  readonly info: string
  readonly content: string
  readonly closed: boolean
}

const OTHER = { kind: 'other' } as const
const BLANK = { kind: 'blank' } as const

const FENCE = /^ {0,3}(?:(`{3,})([^`]*)|(~{3,})(.*))$/
const LIST_MARKER = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/
const THEMATIC_BREAK = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/
/** A line that is empty or begins another block: no inline code or comment goes on beyond it. */
const PARAGRAPH_END =
  /^(?:[ \t]*$| {0,3}(?:>|#{1,6}(?=[ \t]|$)|`{3}|~{3}|[-+*][ \t]|1[.)][ \t]|(?:-+|=+|_{3,}|\*{3,})[ \t]*$|<(?:[!?]|(?:pre|script|style|textarea)(?=[\s>]|$))))/i
/** A quote with text in it: what follows without a blank line goes on in the quote. */
const QUOTED_TEXT = /^\s*(?:(?:[-+*]|\d{1,9}[.)])\s+)*>[\s>]*[^\s>]/
/** HTML blocks that hide what they hold or show it as code, and what ends each. Source: CommonMark 0.31, "HTML blocks", 1 to 5. */
const HTML: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<(?:pre|script|style|textarea)(?=[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![A-Za-z]/, />/],
]

/**
 * The blocks of a Markdown text that decide whether a line can be a command: just so much of CommonMark, in one pass. A
 * list item ends at the first line that is not indented below it.
 */
export function scanMarkdown(text: string): readonly Piece[] {
  const lines = text.split(/\r\n|\n|\r/)
  const pieces: Piece[] = []
  let paragraph = openParagraph(lines, 0)
  let itemIndent = 0
  let inQuote = false
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const isBlank = /^[ \t]*$/.test(line)
    if (isBlank || indentOf(line) < itemIndent) {
      if (!isBlank) itemIndent = 0
    } else if (itemIndent > 0) {
      inQuote = QUOTED_TEXT.test(line)
      pieces.push(OTHER)
      continue
    }
    const fence = findFence(lines, index)
    const htmlEnd = findHtmlEnd(lines, index)
    if (isBlank) {
      inQuote = false
      pieces.push(BLANK)
    } else if (fence) {
      inQuote = false
      pieces.push(fence.piece)
      index = fence.last
    } else if (htmlEnd !== undefined) {
      inQuote = false
      pieces.push(OTHER)
      index = htmlEnd
    } else if (indentOf(line) >= 4 && goesOn(pieces.at(-1))) {
      pieces.push({ kind: 'line', line: index + 1, text: line, within: undefined, indented: true })
    } else if (indentOf(line) >= 4 || /^ {0,3}>/.test(line)) {
      inQuote = QUOTED_TEXT.test(line) || (inQuote && indentOf(line) >= 4)
      pieces.push(OTHER)
    } else if (LIST_MARKER.test(line) && !THEMATIC_BREAK.test(line)) {
      itemIndent = contentIndent(line)
      inQuote = QUOTED_TEXT.test(line)
      pieces.push(OTHER)
    } else {
      if (index > paragraph.last) paragraph = openParagraph(lines, index)
      const inline = paragraph.inline.get(index - paragraph.first)
      const within = inQuote ? 'quote' : inline === 'code' ? 'code' : undefined
      pieces.push(inline === 'comment' ? OTHER : { kind: 'line', line: index + 1, text: line, within, indented: false })
    }
  }
  return pieces
}

interface Paragraph {
  /** Indices of its lines. */
  readonly first: number
  readonly last: number
  /** Counted from its first line. */
  readonly inline: ReadonlyMap<number, Inline>
}

function openParagraph(lines: readonly string[], first: number): Paragraph {
  let last = first
  if (!PARAGRAPH_END.test(lines[first] ?? '')) while (last + 1 < lines.length && !PARAGRAPH_END.test(lines[last + 1] ?? '')) last += 1
  return { first, last, inline: findInlineLines(lines.slice(first, last + 1)) }
}

/** Whether a paragraph is open behind a piece. */
function goesOn(piece: Piece | undefined): boolean {
  return piece?.kind === 'line' && !PARAGRAPH_END.test(piece.text)
}

/** Columns of white space before a line's text; a tab goes to the next multiple of four. */
function indentOf(line: string): number {
  let columns = 0
  for (const char of line) {
    if (char === ' ') columns += 1
    else if (char === '\t') columns += 4 - (columns % 4)
    else break
  }
  return columns
}

/** How far what belongs to a list item is indented. */
function contentIndent(line: string): number {
  const marker = LIST_MARKER.exec(line)?.[0].length ?? 0
  const inside = indentOf(`${' '.repeat(marker)}${line.slice(marker)}`) - marker
  return marker + (inside > 4 || inside === 0 || line.trim().length <= marker ? 1 : inside)
}

function findFence(lines: readonly string[], index: number): { readonly piece: FencePiece; readonly last: number } | undefined {
  const line = lines[index] ?? ''
  const found = FENCE.exec(line)
  if (!found) return undefined
  const fence = found[1] ?? found[3] ?? ''
  const indent = line.indexOf(fence)
  const closer = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}[ \\t]*$`)
  const close = findLine(lines, index + 1, closer)
  const last = close ?? lines.length - 1
  const content = lines.slice(index + 1, close).map((other) => other.replace(new RegExp(`^ {0,${indent}}`), ''))
  const info = (found[2] ?? found[4] ?? '').trim()
  return {
    piece: { kind: 'fence', line: index + 1, column: indent + 1, info, content: content.join('\n'), closed: close !== undefined },
    last,
  }
}

function findHtmlEnd(lines: readonly string[], index: number): number | undefined {
  const line = lines[index] ?? ''
  const closer = HTML.find(([opener]) => opener.test(line))?.[1]
  if (!closer) return undefined
  return findLine(lines, index, closer) ?? lines.length - 1
}

function findLine(lines: readonly string[], from: number, pattern: RegExp): number | undefined {
  for (let index = from; index < lines.length; index += 1) if (pattern.test(lines[index] ?? '')) return index
  return undefined
}

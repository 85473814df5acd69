import type { Field } from './labels.ts'
import { type Span, trimSpan } from './source.ts'

/** Inline code, and what stands in its backticks. */
export interface Code {
  readonly text: string
  /** Of its first character. */
  readonly offset: number
}

/** One entry of a field: between commas of a line, or the first line of a list's item. */
export interface Piece extends Span {
  readonly text: string
  readonly codes: readonly Code[]
}

/** The entries of a field. Commas inside inline code are part of it. */
export function piecesOf({ value, items }: Pick<Field, 'value' | 'items'>, text: string): readonly Piece[] {
  const entries = items.length > 0 ? items.map((item) => firstLineOf(item, text)) : splitAtCommas(value, text)
  return entries
    .map((entry) => trimSpan(text, entry))
    .filter(({ start, end }) => end > start)
    .map((span) => ({ ...span, text: text.slice(span.start, span.end), codes: codesIn(span, text) }))
}

/** An item without its mark, and without a task list's box. */
function firstLineOf({ start, end }: Span, text: string): Span {
  const line = text.slice(start, end).split(/[\r\n]/, 1)[0] ?? ''
  const mark = /^(?:[-*+]|\d{1,9}[.)])[ \t]*(?:\[[ xX]\](?=[ \t]|$))?/.exec(line)?.[0].length ?? 0
  return { start: start + mark, end: start + line.length }
}

function splitAtCommas({ start, end }: Span, text: string): readonly Span[] {
  const codes = codesIn({ start, end }, text)
  const spans: Span[] = []
  let from = start
  let code = 0
  for (let at = text.indexOf(',', start); at >= 0 && at < end; at = text.indexOf(',', at + 1)) {
    while (endOf(codes[code]) < at) code += 1
    if ((codes[code]?.offset ?? Infinity) <= at) continue
    spans.push({ start: from, end: at })
    from = at + 1
  }
  return [...spans, { start: from, end }]
}

function endOf(code: Code | undefined): number {
  return code === undefined ? Infinity : code.offset + code.text.length
}

/** What stands between runs of backticks of the same length. Source: CommonMark 0.31, "Code spans". */
function codesIn({ start, end }: Span, text: string): readonly Code[] {
  const runs = [...text.slice(start, end).matchAll(/`+/g)].map(({ index, 0: run }) => ({ at: index + start, length: run.length }))
  const codes: Code[] = []
  const lost = new Set<number>()
  for (let open = 0; open < runs.length; open += 1) {
    const run = runs[open]
    if (!run || lost.has(run.length)) continue
    let close = open + 1
    while (close < runs.length && runs[close]?.length !== run.length) close += 1
    const closing = runs[close]
    if (closing) {
      codes.push({ text: text.slice(run.at + run.length, closing.at), offset: run.at + run.length })
      open = close
    } else {
      lost.add(run.length)
    }
  }
  return codes
}

/** A text with `${{ }}` in it, cut into what stands there and what is computed. */
export type TemplatePart =
  | { readonly literal: string }
  | { readonly expression: string; /** Where the expression starts in the text, from 0. */ readonly offset: number }

/** Cuts a text at its `${{ }}`. Quotes inside an expression may hold `}}`. `unclosed` is where a `${{` never ends. */
export function parseTemplate(text: string): { readonly parts: readonly TemplatePart[]; readonly unclosed?: number } {
  const parts: TemplatePart[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf('${{', at)
    if (open < 0) break
    const close = findClose(text, open + 3)
    if (close === undefined) return { parts, unclosed: open }
    if (open > at) parts.push({ literal: text.slice(at, open) })
    const raw = text.slice(open + 3, close)
    const lead = raw.length - raw.trimStart().length
    parts.push({ expression: raw.trim(), offset: open + 3 + (lead === raw.length ? 0 : lead) })
    at = close + 2
  }
  if (at < text.length) parts.push({ literal: text.slice(at) })
  return { parts }
}

function findClose(text: string, from: number): number | undefined {
  let quoted = false
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === "'") quoted = !quoted
    else if (!quoted && text.startsWith('}}', index)) return index
  }
  return undefined
}

/** A piece of a text: plain, or the inside of a `${{ … }}`. */
export interface Part {
  readonly kind: 'text' | 'expression'
  readonly text: string
}

/** Splits a text at its expressions. What is opened and never closed is plain text. */
export function splitExpressions(text: string): readonly Part[] {
  const parts: Part[] = []
  let rest = text
  for (let start = rest.indexOf('${{'); start >= 0; start = rest.indexOf('${{')) {
    const end = findEnd(rest, start + 3)
    if (end === undefined) break
    if (start > 0) parts.push({ kind: 'text', text: rest.slice(0, start) })
    parts.push({ kind: 'expression', text: rest.slice(start + 3, end).trim() })
    rest = rest.slice(end + 2)
  }
  return rest === '' ? parts : [...parts, { kind: 'text', text: rest }]
}

/** The index of the closing braces; braces inside a quoted string do not close. */
function findEnd(text: string, from: number): number | undefined {
  let quoted = false
  for (let index = from; index < text.length; index++) {
    if (text[index] === "'") quoted = !quoted
    else if (!quoted && text.startsWith('}}', index)) return index
  }
  return undefined
}

/** Where in a text something is wrong, as editors count: from 1. */
export interface TextPosition {
  readonly line: number
  readonly column: number
}

const SPACE = /[ \t\n\r]*/y
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// eslint-disable-next-line no-control-regex
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y

/**
 * Where a text stops being JSON (RFC 8259): the first character that cannot stand there. `JSON.parse` says it only in the words
 * of its message, which are no interface.
 */
export function locateJsonFault(text: string): TextPosition {
  const offset = faultOffset(text)
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** What may come next: a value, an object's key, or what follows a value. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'after value'

function faultOffset(text: string): number {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = skip(SPACE, text, 0)
  for (; at < text.length; at = skip(SPACE, text, at)) {
    const step = next(text, { at, expected, open })
    if (!step) return at
    at = step.at
    expected = step.expected
  }
  return at
}

interface Position {
  readonly at: number
  readonly expected: Expected
  readonly open: ('{' | '[')[]
}

function next(text: string, { at, expected, open }: Position): { at: number; expected: Expected } | undefined {
  const char = text[at]
  switch (expected) {
    case 'value or ]':
    case 'value':
      if (char === ']' && expected === 'value or ]') return close(open, at)
      if (char === '{' || char === '[') {
        open.push(char)
        return { at: at + 1, expected: char === '{' ? 'key or }' : 'value or ]' }
      }
      return advanceBy(char === '"' ? TEXT : SCALAR, text, { at, then: 'after value' })
    case 'key or }':
    case 'key':
      if (char === '}' && expected === 'key or }') return close(open, at)
      return advanceBy(TEXT, text, { at, then: ':' })
    case ':':
      return char === ':' ? { at: at + 1, expected: 'value' } : undefined
    case 'after value': {
      const inside = open.at(-1)
      if (char === ',' && inside) return { at: at + 1, expected: inside === '{' ? 'key' : 'value' }
      if ((char === '}' && inside === '{') || (char === ']' && inside === '[')) return close(open, at)
      return undefined
    }
  }
}

function close(open: ('{' | '[')[], at: number): { at: number; expected: Expected } {
  open.pop()
  return { at: at + 1, expected: 'after value' }
}

function advanceBy(pattern: RegExp, text: string, from: { at: number; then: Expected }): { at: number; expected: Expected } | undefined {
  const at = skip(pattern, text, from.at)
  return at === from.at ? undefined : { at, expected: from.then }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

/** Nobody sees these and no one types them: zero-width spaces, byte order marks, soft hyphens, direction marks. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]/
/** What is read would not be what is seen: control characters and everything that turns the direction of writing. */
// eslint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/

const DASH = '[-\\u2010-\\u2015\\u2212]'
/** A flag whose dashes a keyboard joined (`—all`) or spaced otherwise (`–-all`). */
export const TYPOGRAPHIC_FLAG = new RegExp(`^(?!-[A-Za-z]|--)${DASH}{1,2}(?=[A-Za-z])`)

/** A line without what nobody sees, and the way back to its columns. */
export interface CleanLine {
  readonly text: string
  /** By index in `text`, the column in the comment, from 1; one more for the end. */
  readonly columns: readonly number[]
}

export function cleanLine(line: string): CleanLine {
  const kept = [...line.split('').entries()].filter(([, char]) => !INVISIBLE.test(char))
  return { text: kept.map(([, char]) => char).join(''), columns: [...kept.map(([index]) => index + 1), line.length + 1] }
}

/** The first character that hides what the line says, by its index. */
export function findHidden(text: string): number | undefined {
  const index = text.search(HIDDEN)
  return index < 0 ? undefined : index
}

export interface Quote {
  readonly closers: string
  readonly escapes: boolean
}

/** Straight quotes close with themselves; those that keyboards make of them close with any of their kind. */
export function findQuote(char: string | undefined): Quote | undefined {
  switch (char) {
    case '"':
      return { closers: '"', escapes: true }
    case "'":
      return { closers: "'", escapes: false }
    case '“':
    case '”':
    case '„':
      return { closers: '“”"', escapes: true }
    case '‘':
    case '‚':
      return { closers: "‘’'", escapes: false }
    default:
      return undefined
  }
}

import { HIDDEN } from './formats.ts'
import { MAX_CONTENT_BYTES } from './limits.ts'
import { nameCharacter } from './quote.ts'

export interface Unsound {
  readonly code: string
  readonly message: string
  readonly hint: string
  /** Of the character that is meant, in UTF-16 units. */
  readonly offset?: number
}

interface Looked {
  readonly text: string
  /** Whether a shell reads it. */
  readonly isShell: boolean
  /** Which content it is, as a message begins. */
  readonly what?: string
}

/** What stands against a step's content, wherever it is written. */
export function findUnsound({ text, isShell, what = 'The content' }: Looked): Unsound | undefined {
  if (text.trim() === '') return { code: 'empty', message: `${what} is empty.`, hint: 'Write what is carried out.' }
  const bytes = byteLength(text)
  if (bytes > MAX_CONTENT_BYTES) {
    const message = `${what} has ${bytes} bytes; ${MAX_CONTENT_BYTES} are allowed.`
    return { code: 'content-too-large', message, hint: 'Keep it in the repository, and let the step call it.' }
  }
  if (!text.isWellFormed()) {
    return { code: 'broken-text', message: `${what} holds half a character (a lone surrogate).`, hint: 'Delete it.' }
  }
  if (text.startsWith('\ufeff')) {
    return { code: 'byte-order-mark', message: `${what} begins with a byte order mark.`, hint: 'Save it as UTF-8 without one.' }
  }
  return findHidden({ text, isShell, what })
}

/** Windows' line ends are read as text by a shell; SQL and people do not mind them. */
function findHidden({ text, isShell, what = '' }: Looked): Unsound | undefined {
  const looked = isShell ? text : text.replaceAll('\r\n', ' \n')
  const offset = looked.search(HIDDEN)
  const char = looked[offset]
  if (char === undefined) return undefined
  if (char === '\r' && isShell) {
    const message = 'A line ends with a carriage return, which a shell takes for a part of the line.'
    return { code: 'carriage-return', message, hint: 'Save it with line feeds (LF).', offset }
  }
  const message = `${what} holds ${nameCharacter(char)}, which is not seen where it stands.`
  return { code: 'hidden-character', message, hint: 'Delete it, or write it as an escape.', offset }
}

/** In UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

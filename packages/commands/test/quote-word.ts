/**
 * A text as one word of a command, in quotes where it needs them, so that parsing gives the same text again. White space
 * other than spaces and everything that nobody sees cannot stand in a command's line: the text must be free of it.
 */
export function quoteWord(text: string): string {
  return /^[\w./:*][\w./:*!@+=,-]*$/.test(text) ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`
}

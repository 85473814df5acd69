// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/**
 * Text that others wrote, safe to show on a terminal: line breaks and tabs stay, every other control character and what turns the
 * direction of writing around becomes `\u{…}`, so that no escape sequence of theirs comes alive.
 */
export function toInert(text: string): string {
  return text.replaceAll(UNSEEN, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`)
}

/** The same on one line, for a table's cell. */
export function toInertLine(text: string): string {
  return toInert(text.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').replaceAll('\t', ' '))
}

import { usesCrlf } from '../tree/text.ts'

/** A text with the line ends of the text that it goes into. */
export function withLineEndsOf(text: string, model: string): string {
  const plain = text.replaceAll('\r\n', '\n')
  return usesCrlf(model) ? plain.replaceAll('\n', '\r\n') : text
}

export function lineEndOf(text: string): string {
  return usesCrlf(text) ? '\r\n' : '\n'
}

import { fitReply } from '@switchyard/commands'

/** Kept for the line that says what is left out. */
const NOTE = 200

/** Parts of an answer, Markdown each, that fit into one comment whole, and a line that counts the others. */
export function fitAnswer(parts: readonly string[]): string {
  const texts = parts.map((text) => ({ text }))
  return fitReply(texts, { reserved: NOTE, noteOf })
}

function noteOf({ length }: readonly unknown[]): string {
  const what = length === 1 ? 'One answer is' : `${length} answers are`
  return `${what} left out: all together are longer than a comment can be. Ask for less at once to see them.`
}

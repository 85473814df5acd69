/** GitHub takes 65,536 characters of a comment; what stands around an answer is short. */
export const MAX_ANSWER = 60_000
/** Kept for the line that says what is left out. */
const NOTE = 200

/**
 * Parts of an answer, Markdown each, that fit into one comment: whole, since what is cut anywhere may come alive, and a line that counts
 * the others.
 */
export function fitAnswer(parts: readonly string[], max: number = MAX_ANSWER): string {
  const all = parts.join('\n\n')
  if (all.length <= max) return all
  const kept: string[] = []
  let left = max - NOTE
  for (const part of parts) {
    if (part.length + 2 > left) continue
    kept.push(part)
    left -= part.length + 2
  }
  const missing = parts.length - kept.length
  const what = missing === 1 ? 'One answer is' : `${missing} answers are`
  return [...kept, `${what} left out: all together are longer than a comment can be. Ask for less at once to see them.`].join('\n\n')
}

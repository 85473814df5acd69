import { inlineCode } from '@switchyard/core'

/** One part of an answer, in Markdown. */
export interface Section {
  readonly text: string
  /** What it answers; undefined: the comment as a whole. */
  readonly command: string | undefined
}

/** GitHub takes 65,536 characters; what stands around an answer is short. Each part alone is no longer. */
export const MAX_ANSWER = 60_000
/** Kept for the lines that say what is left out. */
const NOTES = 4_000

/** Parts of an answer that fit into one comment, whole, and a line for each of the others. */
export function fitAnswer(sections: readonly Section[], max: number = MAX_ANSWER): string {
  const all = sections.map(({ text }) => text).join('\n\n')
  if (all.length <= max) return all
  const kept: string[] = []
  const missing: string[] = []
  let left = max - NOTES
  for (const { text, command } of sections) {
    if (text.length + 2 <= left) {
      kept.push(text)
      left -= text.length + 2
    } else missing.push(command === undefined ? 'what changed' : inlineCode(`/${command}`))
  }
  return [...kept, noteOf(missing)].join('\n\n')
}

function noteOf(missing: readonly string[]): string {
  const counts = [...Map.groupBy(missing, (what) => what)].map(([what, { length }]) => (length === 1 ? what : `${length} × ${what}`))
  return `The whole answer is longer than a comment can be. Left out: ${counts.join(', ')}. Ask for less at once to see it.`
}

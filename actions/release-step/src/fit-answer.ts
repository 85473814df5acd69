import { fitReply } from '@switchyard/commands'
import { inlineCode } from '@switchyard/core'

/** One part of an answer, in Markdown. */
export interface Section {
  readonly text: string
  /** What it answers; undefined: the comment as a whole. */
  readonly command: string | undefined
}

/** Kept for the lines that say what is left out. */
const NOTES = 4_000

/** Parts of an answer that fit into one comment, whole, and a line for each of the others. */
export function fitAnswer(sections: readonly Section[], max?: number): string {
  return fitReply(sections, { max, reserved: NOTES, noteOf })
}

function noteOf(missing: readonly Section[]): string {
  const named = missing.map(({ command }) => (command === undefined ? 'what changed' : inlineCode(`/${command}`)))
  const counts = [...Map.groupBy(named, (what) => what)].map(([what, { length }]) => (length === 1 ? what : `${length} × ${what}`))
  return `The whole answer is longer than a comment can be. Left out: ${counts.join(', ')}. Ask for less at once to see it.`
}

import type { CommandComment } from '../cursor.ts'
import { replyMarker } from '../reply-marker.ts'

/** GitHub takes 65,536 characters of a comment; what stands around an answer is short. */
export const MAX_REPLY = 60_000

/** An answer as it is written on the issue: it names the comment that it answers, and calls its author. `body`: Markdown. */
export function renderReply(capability: string, { id, author }: CommandComment['comment'], body: string): string {
  return `${replyMarker(capability, id)}\n@${author.login}\n\n${body}\n`
}

/** What is said where GitHub does not take an answer: a comment without one would be looked at for ever. */
export function renderShortAnswer({ isNothing, runUrl }: { readonly isNothing: boolean; readonly runUrl: string }): string {
  return `${isNothing ? 'Nothing was done' : 'It was carried out'}; GitHub refused the whole answer. [This run](${runUrl}) shows it.`
}

export interface Fitting<Part> {
  /** Left out: what a reply can hold. */
  readonly max?: number | undefined
  /** How much is kept of it for what `noteOf` says. */
  readonly reserved: number
  /** Says that these are left out. */
  readonly noteOf: (missing: readonly Part[]) => string
}

/** Parts of an answer, Markdown each, that fit into one comment: whole, since what is cut anywhere may come alive; and a note on the others. */
export function fitReply<Part extends { readonly text: string }>(
  parts: readonly Part[],
  { max = MAX_REPLY, reserved, noteOf }: Fitting<Part>,
): string {
  const all = parts.map(({ text }) => text).join('\n\n')
  if (all.length <= max) return all
  const kept: string[] = []
  const missing: Part[] = []
  let left = max - reserved
  for (const part of parts) {
    const { text } = part
    if (text.length + 2 > left) {
      missing.push(part)
      continue
    }
    kept.push(text)
    left -= text.length + 2
  }
  return [...kept, noteOf(missing)].join('\n\n')
}

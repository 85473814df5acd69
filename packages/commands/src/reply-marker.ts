/** A line of our answers: it names the comment that is answered, so that it is answered once. `capability`: letters only. */
export function replyMarker(capability: string, commentId: number): string {
  return `<!-- switchyard:${capability} reply=${commentId} -->`
}

/** The lines of ours that a comment begins with: what follows may quote strangers. */
const HEAD = /^(?:<!-- switchyard:[^\r\n]*-->\r?\n?)*/

interface OfOurs {
  readonly body: string
  readonly isOurs: boolean
}

/** The comments that one of ours answers. */
export function findAnswered(capability: string, comments: readonly OfOurs[]): ReadonlySet<number> {
  return new Set(answersOf(capability, comments).map(([id]) => id))
}

/** The comments that one of ours answers, each with when it was answered last, in ms since the epoch. */
export function findLastAnswers(
  capability: string,
  comments: readonly (OfOurs & { readonly createdAt: string })[],
): ReadonlyMap<number, number> {
  const times = new Map<number, number>()
  for (const [id, { createdAt }] of answersOf(capability, comments)) {
    times.set(id, Math.max(times.get(id) ?? 0, Date.parse(createdAt)))
  }
  return times
}

function answersOf<C extends OfOurs>(capability: string, comments: readonly C[]): readonly (readonly [id: number, answer: C])[] {
  const marker = new RegExp(`^<!-- switchyard:${capability} reply=(\\d+) -->\\r?$`, 'gm')
  return comments.flatMap((comment) =>
    comment.isOurs ? [...(HEAD.exec(comment.body)?.[0] ?? '').matchAll(marker)].map((match) => [Number(match[1]), comment] as const) : [],
  )
}

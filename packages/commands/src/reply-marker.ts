/** A line of our answers: it names the comment that is answered, so that it is answered once. `capability`: letters only. */
export function replyMarker(capability: string, commentId: number): string {
  return `<!-- switchyard:${capability} reply=${commentId} -->`
}

/** The lines of ours that a comment begins with: what follows may quote strangers. */
const HEAD = /^(?:<!-- switchyard:[^\r\n]*-->\r?\n?)*/

/** The comments that one of ours answers. */
export function findAnswered(
  capability: string,
  comments: readonly { readonly body: string; readonly isOurs: boolean }[],
): ReadonlySet<number> {
  const marker = new RegExp(`^<!-- switchyard:${capability} reply=(\\d+) -->\\r?$`, 'gm')
  const ids = comments.flatMap(({ body, isOurs }) =>
    isOurs ? [...(HEAD.exec(body)?.[0] ?? '').matchAll(marker)].map((match) => Number(match[1])) : [],
  )
  return new Set(ids)
}

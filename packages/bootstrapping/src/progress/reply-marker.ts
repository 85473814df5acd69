/** A line of our answers: it names the comment that is answered, so that it is answered once. */
export function replyMarker(commentId: number): string {
  return `<!-- switchyard:bootstrap reply=${commentId} -->`
}

/** The lines of ours that a comment begins with: what follows may quote strangers. */
const HEAD = /^(?:<!-- switchyard:[^\r\n]*-->\r?\n?)*/

/** The comments that one of ours answers. */
export function findAnswered(comments: readonly { readonly body: string; readonly isOurs: boolean }[]): ReadonlySet<number> {
  const ids = comments.flatMap(({ body, isOurs }) =>
    isOurs
      ? [...(HEAD.exec(body)?.[0] ?? '').matchAll(/^<!-- switchyard:bootstrap reply=(\d+) -->\r?$/gm)].map((match) => Number(match[1]))
      : [],
  )
  return new Set(ids)
}

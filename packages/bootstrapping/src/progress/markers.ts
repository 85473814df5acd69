/** First line of the comment that tells of a run: it is found and edited by it. */
export function progressMarker(runId: string): string {
  return `<!-- switchyard:bootstrap run=${runId} -->`
}

/** First line of a preview's comment: it names what is approved by approving it. */
export function previewMarker(approvalHash: string): string {
  return `<!-- switchyard:bootstrap preview=${approvalHash} -->`
}

/**
 * What the newest of our previews that stand before a comment asks to be approved; undefined when there is none. Nobody approves what
 * they had not seen when they wrote. Comments are oldest first.
 */
export function findPreviewed(
  comments: readonly { readonly id: number; readonly body: string; readonly isOurs: boolean }[],
  before: { readonly id: number },
): string | undefined {
  const seen = comments.slice(
    0,
    Math.max(
      0,
      comments.findIndex(({ id }) => id === before.id),
    ),
  )
  const hashes = seen.flatMap(({ body, isOurs }) =>
    isOurs ? (/^<!-- switchyard:bootstrap preview=([0-9a-f]{64}) -->/.exec(body)?.[1] ?? []) : [],
  )
  return hashes.at(-1)
}

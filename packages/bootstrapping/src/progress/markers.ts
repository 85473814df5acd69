/** First line of the comment that tells of a run: it is found and edited by it. */
export function progressMarker(runId: string): string {
  return `<!-- switchyard:bootstrap run=${runId} -->`
}

/** First line of a preview's comment: it names what is approved by approving it. */
export function previewMarker(approvalHash: string): string {
  return `<!-- switchyard:bootstrap preview=${approvalHash} -->`
}

/** What the newest of our previews asks to be approved; undefined when there is none. Comments are oldest first. */
export function findPreviewed(comments: readonly { readonly body: string; readonly isOurs: boolean }[]): string | undefined {
  const hashes = comments.flatMap(({ body, isOurs }) => (isOurs ? (/^<!-- switchyard:bootstrap preview=([0-9a-f]{64}) -->/.exec(body)?.[1] ?? []) : []))
  return hashes.at(-1)
}

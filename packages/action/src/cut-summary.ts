/** Of one step's page, in bytes; the runner drops a larger one whole (runner: CreateStepSummaryCommand.AttachmentSizeLimit). */
const MAX_BYTES = 1_024 * 1_024

const POINTER = '\n\n> This page is cut here: GitHub keeps 1 MiB of it. The whole result is in the output `result`.\n'

/** A page that GitHub keeps: cut at the end of a line, with a pointer to the rest, when it is too large. */
export function cutSummary(markdown: string): string {
  const bytes = Buffer.from(markdown, 'utf8')
  if (bytes.length <= MAX_BYTES) return markdown
  const room = bytes.subarray(0, MAX_BYTES - Buffer.byteLength(POINTER))
  const end = room.lastIndexOf('\n')
  return `${room.subarray(0, end > 0 ? end : lastWholeCharacter(room)).toString('utf8')}${POINTER}`
}

/** Before the last byte that starts a character: continuation bytes are 10xxxxxx. */
function lastWholeCharacter(bytes: Buffer): number {
  let end = bytes.length - 1
  while (end > 0 && ((bytes[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end--
  return end
}

const NOTE = '_The rest stands in the plan._'

/** Room for the note, the blank line before it and a fence that has to be closed. */
const RESERVE = 200

/**
 * Markdown of at most `max` characters: whole lines from its beginning, code that is open there closed, and a note that more
 * stands in the plan. Text that fits stays as it is.
 */
export function cutMarkdown(text: string, max: number): string {
  if (text.length <= max) return text
  const room = text.slice(0, max - RESERVE)
  const lineEnd = room.lastIndexOf('\n')
  const kept = lineEnd > 0 ? room.slice(0, lineEnd) : wholeCharacters(room)
  const fence = openFence(kept)
  return `${kept}${fence === undefined ? '' : `\n${fence}`}\n\n${NOTE}`
}

/** The fence that closes the code which is still open at a text's end. Source: CommonMark, fenced code blocks. */
function openFence(text: string): string | undefined {
  let open: string | undefined
  for (const line of text.split('\n')) {
    const [, fence, rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (fence === undefined) continue
    if (open === undefined) open = fence.startsWith('`') && rest.includes('`') ? undefined : fence
    else if (fence.startsWith(open) && rest.trim() === '') open = undefined
  }
  return open !== undefined && open.length < RESERVE / 2 ? open : undefined
}

function wholeCharacters(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text
}

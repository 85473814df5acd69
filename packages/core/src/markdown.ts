/** Zero-width space: breaks a mention or reference without being seen. */
const BREAK = '\u200b'

/**
 * Text that strangers wrote, as inert Markdown on one line: no formatting, link, HTML, mention or issue reference of
 * theirs comes alive, and it can begin a line or stand in a table's cell. Control characters are dropped.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
    .replace(/^(\s*\d+)\./, '$1\\.')
    .replace(/@(?=[\w-])/g, `@${BREAK}`)
    .replace(/\\#(?=\d)/g, `\\#${BREAK}`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}${BREAK}.`)
}

/** Text that strangers wrote, as inline code that ends where it should, whatever backticks it holds. */
export function inlineCode(text: string): string {
  const line = oneLine(text)
  if (line === '') return '` `'
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** A link whose text is inert. Only http and https addresses become links. */
export function renderLink(text: string, url: string): string {
  if (!/^https?:\/\/[^\s<>]+$/i.test(url)) return escapeMarkdown(text)
  return `[${escapeMarkdown(text)}](${url.replace(/[()]/g, (char) => (char === '(' ? '%28' : '%29'))})`
}

/** A Markdown table. Cells are Markdown of one line already, escaped by whoever made them; a `|` left in one, as in code, stays in it. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(keepPipes).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A table ends cells at each `|` that no backslash escapes, code or not; the backslash is not shown. Source: GFM, tables. */
function keepPipes(cell: string): string {
  return cell.replace(/(\\*)\|/g, (found, backslashes: string) => (backslashes.length % 2 === 0 ? `${backslashes}\\|` : found))
}

/** The first `max` UTF-16 units of a text, never half a character, with `…` where something was cut. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, Math.max(0, max - 1))
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}

function oneLine(text: string): string {
  return (
    text
      .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
  )
}

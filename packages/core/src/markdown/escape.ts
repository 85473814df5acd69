import { BREAK } from './break.ts'
import { fenceOf } from './fence.ts'

/**
 * Text that strangers wrote, as inert Markdown on one line: no formatting, link, HTML, mention or issue reference of
 * theirs comes alive, and it can begin a line or stand in a table's cell. Control characters are dropped, half characters replaced.
 * Source: GitHub docs, "Autolinked references and URLs".
 */
export function escapeMarkdown(text: string): string {
  return toLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
    .replace(/^(\s*\d+)\./, '$1\\.')
    .replace(/@(?=[\w-])/g, `@${BREAK}`)
    .replace(/\\#(?=\d)|\bGH\\-(?=\d)/gi, `$&${BREAK}`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}${BREAK}.`)
}

/** Text that strangers wrote, as inline code that ends where it should, whatever backticks it holds. */
export function inlineCode(text: string): string {
  const line = toLine(text)
  if (line === '') return '` `'
  const fence = fenceOf(line, 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** A link whose text is inert. Only http and https addresses become links. */
export function renderLink(text: string, url: string): string {
  if (!/^https?:\/\/[^\s<>]+$/i.test(url)) return escapeMarkdown(text)
  return `[${escapeMarkdown(text)}](${url.replace(/[()]/g, (char) => (char === '(' ? '%28' : '%29'))})`
}

function toLine(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
  )
}

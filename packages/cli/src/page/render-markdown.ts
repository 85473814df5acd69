import { Marked } from 'marked'
import { escapeHtml } from './escape-html.ts'
import type { FindLink } from './page-links.ts'

/** Other people's Markdown as HTML: tags of theirs are shown, not taken, but for plain folding; links go where they may; no picture is fetched. */
export function renderMarkdown(markdown: string, findLink: FindLink): string {
  let open = 0
  const renderHtml = (text: string): string => {
    const tag = text.trim()
    const [, opened = '', summary] = FOLDED.exec(tag) ?? []
    if (summary !== undefined) {
      open += 1
      return `<details${opened}><summary>${summary}</summary>`
    }
    if (tag === '</details>' && open > 0) {
      open -= 1
      return tag
    }
    return COMMENT.test(tag) ? '' : escapeHtml(text)
  }
  const marked = new Marked({
    gfm: true,
    async: false,
    renderer: {
      html: ({ text }) => renderHtml(text),
      // A drawing that needs a program to be seen is kept, folded.
      code({ text, lang }) {
        if (lang === 'mermaid') return `<details><summary class="dim">diagram, as Mermaid</summary><pre>${escapeHtml(text)}</pre></details>`
        return lang === 'diff' ? `<pre>${text.split('\n').map(renderDiffLine).join('\n')}</pre>` : false
      },
      image: ({ text }) => escapeHtml(text),
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens)
        const target = findLink(href)
        return target === undefined ? text : `<a href="${escapeHtml(target)}" rel="noreferrer">${text}</a>`
      },
    },
  })
  const html = marked.parse(markdown, { async: false })
  return `${html}${'</details>'.repeat(open)}`
}

/** What the toolkit's own texts fold away: no attribute but `open`, and in the summary words, bold or as code. */
const FOLDED = /^<details( open)?>\n?<summary>((?:[^<>]|<b>[^<>]*<\/b>|<code>[^<>]*<\/code>)*)<\/summary>$/
/** Marks by which renderings are found again; GitHub does not show them either. */
const COMMENT = /^<!--(?:(?!-->)[\s\S])*-->$/

/** Coloured as GitHub colours it, and a conflict's marks so that they are not overlooked. */
function renderDiffLine(line: string): string {
  const kind = /^\+?(<{7}|={7}|>{7})( |$)/.test(line)
    ? 'warning'
    : line.startsWith('+')
      ? 'added'
      : line.startsWith('-')
        ? 'error'
        : line.startsWith('@@')
          ? 'debug'
          : undefined
  return kind === undefined ? escapeHtml(line) : `<span class="${kind}">${escapeHtml(line)}</span>`
}

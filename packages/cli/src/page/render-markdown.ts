import { Marked } from 'marked'
import { escapeHtml } from './escape-html.ts'
import type { FindLink } from './page-links.ts'

/** Other people's Markdown as HTML: tags of theirs are shown, not taken; links go where they may; no picture is fetched. */
export function renderMarkdown(markdown: string, findLink: FindLink): string {
  const marked = new Marked({
    gfm: true,
    async: false,
    renderer: {
      html: ({ text }) => escapeHtml(text),
      // A drawing that needs a program to be seen is kept, folded.
      code: ({ text, lang }) => (lang === 'mermaid' ? `<details><summary class="dim">diagram, as Mermaid</summary><pre>${escapeHtml(text)}</pre></details>` : false),
      image: ({ text }) => escapeHtml(text),
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens)
        const target = findLink(href)
        return target === undefined ? text : `<a href="${escapeHtml(target)}" rel="noreferrer">${text}</a>`
      },
    },
  })
  return marked.parse(markdown, { async: false })
}

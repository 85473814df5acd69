import { Marked } from 'marked'
import { escapeHtml } from './escape-html.ts'

const SAFE_LINK = /^(https?:|mailto:|#)/i

/** Other people's Markdown as HTML: tags of theirs are shown, not taken; links go to pages only; no picture is fetched. */
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
      return SAFE_LINK.test(href) ? `<a href="${escapeHtml(href)}" rel="noreferrer">${text}</a>` : text
    },
  },
})

export function renderMarkdown(markdown: string): string {
  return marked.parse(markdown, { async: false })
}

import { escapeMarkdown } from '@switchyard/core'
import type { RootContent } from './mdast.ts'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { spanOf } from './blocks.ts'
import { findIntricacy } from './intricacy.ts'
import { findKept } from './kept-spans.ts'

/** The break that core's escapes put into mentions: it is not seen. */
const BREAK = '\u200b'

export interface DefuseOptions {
  /** Whether mentions and references to issues are left to work. */
  readonly allowMentions: boolean
}

/**
 * A plan's Markdown as text that does nothing where it is shown: HTML and comments are seen as written, mentions (`@a`) and references
 * (`#1`, `a/b#1`, `GH-1`) are broken by a character that is not seen, controls that turn the direction of text are gone. Code, links and
 * formatting stay; so do a commit's hash and an address, which notify nobody. A code block that is never closed is closed, so that it
 * takes nothing in that follows. What would keep a parser busy for long is escaped as a whole.
 * Source: GitHub docs, "Autolinked references and URLs"; CommonMark 0.31; GFM, "Tables" and "Autolinks".
 */
export function defuse(markdown: string, { allowMentions }: DefuseOptions): string {
  // eslint-disable-next-line no-control-regex
  const text = markdown.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
  if (findIntricacy(text)) return text.split('\n').map(escapeMarkdown).join('\n')
  // Whatever could be HTML is escaped, so the outcome has to be read as if there were none.
  const { children } = fromMarkdown(text, { extensions: [{ disable: { null: ['attention', 'htmlFlow', 'htmlText'] } }] })
  const written: string[] = []
  let at = 0
  for (const { start, end } of findKept(children, text)) {
    if (start < at) continue
    written.push(defuseText(text.slice(at, start), { allowMentions }), text.slice(start, end))
    at = end
  }
  written.push(defuseText(text.slice(at), { allowMentions }), closingFence(children.at(-1), text))
  return written.join('')
}

/** An escape, a character reference, the start of HTML, and what mentions and references are known by. */
const TOKEN =
  /\\[\\<&]|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});\u200b?|<|@(?=[^\s\u200b])|#(?=[\d&\\])|(?<=[hH;])\\?-(?=[\d&\\])/g

/** References that are no letter, digit or sign of a mention. */
const HARMLESS = /^&(?:amp|lt|gt|quot|apos|nbsp);$/

function defuseText(text: string, { allowMentions }: DefuseOptions): string {
  return text.replace(TOKEN, (token) => {
    if (token === '<') return '&lt;'
    return allowMentions || /^\\[^-]/.test(token) || token.endsWith(BREAK) || HARMLESS.test(token) ? token : `${token}${BREAK}`
  })
}

/** The end of a fenced block that the text's own end leaves open. */
function closingFence(last: RootContent | undefined, text: string): string {
  if (last?.type !== 'code') return ''
  const { start, end } = spanOf(last)
  const written = text.slice(start, end)
  const fence = /^(?:`{3,}|~{3,})/.exec(written)?.[0]
  if (fence === undefined) return ''
  const lines = written.split(/\r\n|\r|\n/)
  const tail = lines.length < 2 ? '' : (lines.at(-1)?.trim() ?? '')
  const isClosed = tail.length >= fence.length && tail === (fence[0] ?? '').repeat(tail.length)
  return isClosed ? '' : `${text.endsWith('\n') ? '' : '\n'}${fence}`
}

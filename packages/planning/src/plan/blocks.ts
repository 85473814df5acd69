import type { Nodes, RootContent } from './mdast.ts'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Span } from './source.ts'

/** What a plan's structure needs no look at; each takes time that grows with the square of some text. */
const UNREAD = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
]

/** The blocks of a Markdown text, with inline code and nothing else inside them. Offsets count in the text as given. */
export function parseBlocks(text: string): readonly RootContent[] {
  // A byte-order mark of the middle is text like any other; the parser drops one at the front, which callers have done.
  return fromMarkdown(text, { extensions: [{ disable: { null: UNREAD } }] }).children
}

/** Where a node stands, moved by `by`. */
export function spanOf({ position }: Nodes, by = 0): Span {
  return { start: (position?.start.offset ?? 0) + by, end: (position?.end.offset ?? 0) + by }
}

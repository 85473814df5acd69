import type { Nodes, RootContent } from './mdast.ts'
import { spanOf } from './blocks.ts'
import type { Span } from './source.ts'

/** What stays as it is written: code, addresses of links, autolinks. In the text's order; one may lie inside another. */
export function findKept(nodes: readonly RootContent[], text: string): readonly Span[] {
  const kept = nodes.flatMap((node) => keptIn(node, { text, isTable: false }))
  return [...kept, ...findAddresses(text)].sort((left, right) => left.start - right.start || right.end - left.end)
}

interface In {
  readonly text: string
  /** Whether it stands in what GitHub may read as a table: cells end code and links. */
  readonly isTable: boolean
}

function keptIn(node: Nodes, { text, isTable }: In): readonly Span[] {
  const span = spanOf(node)
  const keep = (part: Span): readonly Span[] => (isTable && isDivided(text.slice(part.start, part.end)) ? [] : [part])
  switch (node.type) {
    case 'code':
      return [span]
    case 'definition':
      // A footnote's text is text.
      return node.identifier.startsWith('^') ? [] : [span]
    case 'inlineCode':
    case 'image':
    case 'imageReference':
      return keep(span)
    case 'link':
      if (text[span.start] === '<') return keep(span)
      return [...keptBelow(node, { text, isTable }), ...keep(tailOf(node.children, span))]
    case 'linkReference':
      if (node.identifier.startsWith('^')) return []
      if (node.referenceType !== 'full') return keep(span)
      return [...keptBelow(node, { text, isTable }), ...keep(tailOf(node.children, span))]
    default:
      return keptBelow(node, { text, isTable: isTable || isTableLike(node, text) })
  }
}

function keptBelow(node: Nodes, around: In): readonly Span[] {
  return 'children' in node ? node.children.flatMap((child) => keptIn(child, around)) : []
}

/** What follows a link's own text: its address or label. */
function tailOf(children: readonly Nodes[], span: Span): Span {
  const last = children.at(-1)
  return { start: last ? spanOf(last).end : span.start, end: span.end }
}

/** A paragraph with a line that could divide a table's head from its rows. Source: GFM, "Tables". */
function isTableLike(node: Nodes, text: string): boolean {
  if (node.type !== 'paragraph') return false
  const { start, end } = spanOf(node)
  return /^[ \t>]*[|:-][ \t|:-]*[\r]?$/m.test(text.slice(start, end))
}

/** Whether a table's cell would end inside: at a line's end, or at a `|` that is not escaped. */
function isDivided(part: string): boolean {
  return /[\r\n]|(?<!(?<!\\)\\)\|/.test(part)
}

/** Addresses that GitHub makes links of by itself: no mention is looked for inside a link. Only what it is sure to read as one. */
const ADDRESS = /(?<![^\s*_~(])https?:\/\/(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d+)?(?:[/?#][\w./?#%&=+,:;@!$'~-]*)?/gi

function findAddresses(text: string): readonly Span[] {
  return [...text.matchAll(ADDRESS)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }))
}

import { Document, isNode, type YAMLSeq } from 'yaml'

export interface NewItem {
  readonly list: YAMLSeq
  /** Where it will stand among the list's items. */
  readonly at: number
  readonly item: unknown
}

/**
 * The text with an item more in one of its lists, and no other line touched. undefined where the list is not written a line an item:
 * whoever asks compares what comes back, since YAML can be written in more ways than are known here.
 */
export function insertLines(text: string, { list, at, item }: NewItem): string | undefined {
  const neighbour = list.items[Math.min(at, list.items.length - 1)]
  if (list.flow === true || !isNode(neighbour) || !neighbour.range) return undefined
  const [start, end] = neighbour.range
  const line = text.lastIndexOf('\n', start - 1) + 1
  const indent = /^( *)- +$/.exec(text.slice(line, start))?.[1]
  if (indent === undefined) return undefined
  const place = at < list.items.length ? aboveComments(text, { line, indent }) : behind(text, end)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const before = text.slice(0, place)
  const gap = before === '' || before.endsWith('\n') ? '' : newline
  return `${before}${gap}${renderItem(item, indent).join(newline)}${newline}${text.slice(place)}`
}

function renderItem(item: unknown, indent: string): readonly string[] {
  const lines = new Document(item).toString({ lineWidth: 0 }).trimEnd().split('\n')
  return lines.map((line, at) => (at === 0 ? `${indent}- ${line}` : line === '' ? '' : `${indent}  ${line}`))
}

/** Comments right above an item are the item's. */
function aboveComments(text: string, { line, indent }: { readonly line: number; readonly indent: string }): number {
  const above = text.slice(0, line).split('\n').slice(0, -1)
  const first = above.findLastIndex((each) => !each.startsWith(`${indent}#`)) + 1
  return above.slice(0, first).reduce((sum, each) => sum + each.length + 1, 0)
}

/** The line behind the one where something ends, comment and all. */
function behind(text: string, end: number): number {
  if (text[end - 1] === '\n') return end
  const found = text.indexOf('\n', end)
  return found < 0 ? text.length : found + 1
}

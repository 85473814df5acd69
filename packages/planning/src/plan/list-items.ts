import { spanOf } from './blocks.ts'
import type { List, ListItem, RootContent } from './mdast.ts'
import type { PlanFinding } from './source.ts'

/** An item of a list: what its first line says, its box, and the whole of it. */
export interface Item {
  readonly line: string
  readonly isBoxed: boolean
  readonly isTicked: boolean
  readonly offset: number
  readonly node: ListItem
}

/** The items of a list, without those inside them, in their order. */
export function itemsOf(list: List, text: string): readonly Item[] {
  return list.children.map((node) => {
    const { start, end } = spanOf(node)
    const [first] = node.children
    const written =
      first?.type === 'paragraph'
        ? sourceOf(first, text)
        : text
            .slice(start, end)
            .split(/[\r\n]/, 1)[0]
            ?.replace(/^\S+[ \t]*/, '')
    const said = (written ?? '').replace(/\s+/g, ' ').trim()
    const box = /^\[([ xX])\] +/.exec(said)
    return { line: said.slice(box?.[0].length ?? 0), isBoxed: box !== null, isTicked: /x/i.test(box?.[1] ?? ''), offset: start, node }
  })
}

/** A block's text as it is written. */
export function sourceOf(node: RootContent, text: string): string {
  const { start, end } = spanOf(node)
  return text.slice(start, end)
}

/** What a heading says, on one line. */
export function headingText(node: RootContent, text: string): string {
  return (
    sourceOf(node, text)
      .replace(/^#+[ \t]*/, '')
      .split(/[\r\n]/, 1)[0]
      ?.trim() ?? ''
  )
}

/** The text's own title: its first heading of the first level; undefined where it has none. */
export function findTitle(blocks: readonly RootContent[], text: string): string | undefined {
  const head = blocks.find((block) => block.type === 'heading' && block.depth === 1)
  return head && headingText(head, text)
}

/** What stands below an item's first line, moved to the left. */
export function detailsOf({ node }: Item, text: string): readonly string[] {
  return node.children.slice(1).map((child) => {
    const source = sourceOf(child, text)
    const column = (child.position?.start.column ?? 1) - 1
    const indent = new RegExp(`^[ \\t]{0,${column}}`)
    return source
      .split('\n')
      .map((line, at) => (at === 0 ? line : line.replace(indent, '')))
      .join('\n')
  })
}

/** Items that are done already become tasks all the same. */
export function findTicked(items: readonly Item[]): readonly PlanFinding[] {
  return items
    .filter(({ isTicked }) => isTicked)
    .map(({ offset }) => {
      const message = 'The item is ticked, and becomes an open task all the same.'
      return { code: 'ticked-item', message, hint: 'Delete what is done, or close its issue.', offset, isWarning: true }
    })
}

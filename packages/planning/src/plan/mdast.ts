import type { fromMarkdown } from 'mdast-util-from-markdown'

// The syntax tree's types, as the parser gives them.
type Root = ReturnType<typeof fromMarkdown>
export type RootContent = Root['children'][number]
export type Nodes = Root | RootContent
export type List = Extract<RootContent, { type: 'list' }>
export type ListItem = List['children'][number]

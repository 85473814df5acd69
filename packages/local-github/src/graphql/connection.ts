import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql'
import type { Args } from './args.ts'
import { Refusal } from './refusal.ts'

/** Source: docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api, "Node limit". */
export const MAX_PAGE = 100

export interface Paging {
  readonly args: Args
  readonly info: GraphQLResolveInfo
}

export interface Listed<Item> {
  readonly items: readonly Item[]
  /** What a cursor names: stays the same when other items come and go. */
  key(item: Item): string | number
  node(item: Item): unknown
}

export interface Connection {
  readonly totalCount: number
  readonly nodes: readonly unknown[]
  readonly edges: readonly { readonly cursor: string; readonly node: unknown }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

const renderCursor = (key: string | number): string => Buffer.from(`cursor:v2:${key}`).toString('base64')

/** Whether more than `totalCount` is asked for: only then does GitHub want a page size. */
function selectsItems(selections: SelectionSetNode | undefined, info: GraphQLResolveInfo): boolean {
  return (selections?.selections ?? []).some((selection) => {
    if (selection.kind === 'Field') return !['totalCount', '__typename'].includes(selection.name.value)
    if (selection.kind === 'InlineFragment') return selectsItems(selection.selectionSet, info)
    return selectsItems(info.fragments[selection.name.value]?.selectionSet, info)
  })
}

function checkBounds({ args, info }: Paging): void {
  const first = args.findNumber('first')
  const last = args.findNumber('last')
  const name = info.fieldName
  if (first === undefined && last === undefined) {
    if (!info.fieldNodes.some((node) => selectsItems(node.selectionSet, info))) return
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`
    throw new Refusal('MISSING_PAGINATION_BOUNDARIES', message)
  }
  for (const [argument, size] of [
    ['first', first],
    ['last', last],
  ] as const) {
    if (size === undefined) continue
    if (size < 0) throw new Refusal('INVALID_CURSOR_ARGUMENTS', `\`${argument}\` on the \`${name}\` connection cannot be less than zero.`)
    if (size > MAX_PAGE) {
      const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`${argument}\` limit of ${MAX_PAGE} records.`
      throw new Refusal('EXCESSIVE_PAGINATION', message)
    }
  }
}

/** One page of a list, with the errors GitHub has for a missing or excessive page size. */
export function connect<Item>(paging: Paging, { items, key, node }: Listed<Item>): Connection {
  checkBounds(paging)
  const cursors = items.map((item) => renderCursor(key(item)))
  const locate = (name: string): number | undefined => {
    const cursor = paging.args.findText(name)
    if (cursor === undefined) return undefined
    const at = cursors.indexOf(cursor)
    if (at < 0) throw new Refusal('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`)
    return at
  }
  const first = paging.args.findNumber('first')
  const last = paging.args.findNumber('last')
  let start = (locate('after') ?? -1) + 1
  let end = locate('before') ?? items.length
  if (first !== undefined) end = Math.min(end, start + first)
  if (last !== undefined) start = Math.max(start, end - last)
  const edges = items.slice(start, end).map((item) => ({ cursor: renderCursor(key(item)), node: node(item) }))
  return {
    totalCount: items.length,
    nodes: edges.map((edge) => edge.node),
    edges,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

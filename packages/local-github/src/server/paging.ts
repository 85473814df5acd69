import { ok, type Answer } from './answer.ts'

export interface PageCall {
  readonly url: URL
  query(name: string): string | undefined
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly headers: Readonly<Record<string, string>>
}

const PER_PAGE = 30
const PER_PAGE_MOST = 100

/** `page` and `per_page` (at most 100), with the Link header GitHub gives when there is more than one page. */
export function pageOf<Item>(call: PageCall, all: readonly Item[]): Page<Item> {
  const size = Math.min(PER_PAGE_MOST, positive(call.query('per_page'), PER_PAGE))
  const page = positive(call.query('page'), 1)
  const last = Math.max(1, Math.ceil(all.length / size))
  const links = [
    ...(page > 1 ? [['prev', page - 1] as const] : []),
    ...(page < last ? [['next', page + 1] as const, ['last', last] as const] : []),
    ...(page > 1 ? [['first', 1] as const] : []),
  ]
  const header = links.map(([rel, number]) => `<${withPage(call.url, number)}>; rel="${rel}"`).join(', ')
  return { items: all.slice((page - 1) * size, page * size), headers: header === '' ? {} : { link: header } }
}

export function list<Item>(call: PageCall, all: readonly Item[], present: (item: Item) => unknown): Answer {
  const { items, headers } = pageOf(call, all)
  return ok(items.map(present), headers)
}

/** Lists that GitHub wraps: `{"total_count": …, "<name>": […]}`. */
export function wrappedList<Item>(
  call: PageCall,
  name: string,
  { all, present }: { readonly all: readonly Item[]; readonly present: (item: Item) => unknown },
): Answer {
  const { items, headers } = pageOf(call, all)
  return ok({ total_count: all.length, [name]: items.map(present) }, headers)
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text)
  return Number.isInteger(value) && value > 0 ? value : otherwise
}

function withPage(url: URL, page: number): string {
  const linked = new URL(url)
  linked.searchParams.set('page', String(page))
  return linked.href
}

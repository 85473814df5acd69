import { clip, escapeHtml, findFitting, fitLines, inlineCode, renderLink, renderNumber, renderTable } from '@switchyard/core'
import { renderBar, renderShare } from './bar.ts'
import { renderFailedCount } from './failures.ts'
import { type BoardCluster, type CountedCustomer, sumOf } from './rows.ts'

export interface PageLink {
  readonly number: number
  /** undefined: its issue is not made yet. */
  readonly url: string | undefined
  readonly customers: readonly CountedCustomer[]
}

const MAX_NAME = 60
const BAR = 10

/** Clusters with their bars; empty for a single one, whose bar is that of the whole. */
export function renderClusters(clusters: readonly BoardCluster<CountedCustomer>[]): string {
  if (clusters.length < 2) return ''
  const rows = clusters.map(({ name, counts, customers }) => {
    return [
      clip(name, MAX_NAME),
      inlineCode(renderBar(counts)),
      renderShare(counts) + renderFailedCount(customers),
      renderNumber(customers.length),
    ]
  })
  return renderTable(['Cluster', 'Progress', 'Steps', 'Customers'], rows)
}

/** Where each customer's boxes are: by customer, else by page, else the first pages. At most `max` units. */
export function renderLinks(pages: readonly PageLink[], clusters: readonly BoardCluster<CountedCustomer>[], max: number): string {
  const rows = pages.map(pageRow)
  const ways = [() => renderByCustomer(pages, clusters), () => `### Pages\n\n${renderTable(PAGE_HEAD, rows)}`]
  return findFitting(ways, max) ?? renderFirstPages(rows, max)
}

function renderByCustomer(pages: readonly PageLink[], clusters: readonly BoardCluster<CountedCustomer>[]): string {
  const places = new Map(pages.flatMap((page) => page.customers.map(({ address }) => [address, page] as const)))
  return clusters
    .map(({ name, counts, customers }) => {
      const rows = customers.map((customer) => [
        clip(customer.name, MAX_NAME),
        inlineCode(customer.address),
        inlineCode(renderBar(customer.counts, BAR)),
        renderShare(customer.counts) + renderFailedCount([customer]),
        linkOf(places.get(customer.address)),
      ])
      const table = renderTable(['Customer', 'Short name', 'Progress', 'Steps', 'Boxes'], rows)
      return `<details open>\n<summary><b>${escapeHtml(name)}</b> · <code>${renderBar(counts)}</code></summary>\n\n${table}\n\n</details>`
    })
    .join('\n\n')
}

const PAGE_HEAD = ['Page', 'From', 'To', 'Customers', 'Progress']

function pageRow(page: PageLink): readonly string[] {
  const { customers } = page
  const counts = sumOf(customers)
  const name = (customer: CountedCustomer | undefined): string => (customer === undefined ? '—' : inlineCode(customer.address))
  return [
    linkOf(page),
    name(customers[0]),
    name(customers.at(-1)),
    String(customers.length),
    inlineCode(renderBar(counts, BAR)) + renderFailedCount(customers),
  ]
}

function linkOf(page: PageLink | undefined): string {
  if (page === undefined) return '—'
  return page.url === undefined ? `page ${page.number}` : renderLink(`page ${page.number}`, page.url)
}

function renderFirstPages(rows: readonly (readonly string[])[], max: number): string {
  const rest = (left: number): string => `\nand ${left} more pages: they are sub-issues of this one.`
  const head = '### Pages\n\n'
  return head + fitLines(renderTable(PAGE_HEAD, rows).split('\n'), max - head.length, rest).join('\n')
}

import { inlineCode } from '@switchyard/core'
import type { ReleaseState } from '../release/records/state.ts'
import { isComplete, renderBar } from './bar.ts'
import { escapeHtml } from './inert.ts'
import { renderHeading, renderList } from './lists.ts'
import type { BoardCluster, BoardCustomer } from './rows.ts'
import { renderTables } from './tables.ts'

/** How much of a page is drawn: each level leaves out more. */
export interface Level {
  /** Units of a step's name. */
  readonly names: number
  readonly hasTables: boolean
  /** Whether customers with nothing left to do have their boxes here. */
  readonly hasFinished: boolean
  /** What is not there, as a sentence; undefined: nothing. */
  readonly leftOut: string | undefined
}

const MORE = `${inlineCode('/release customer <customer>')} answers with everything.`

/** What is left out first when names or customers' own steps make a page too long. Boxes of what is to do go last. */
export const LEVELS: readonly Level[] = [
  { names: 90, hasTables: true, hasFinished: true, leftOut: undefined },
  { names: 32, hasTables: true, hasFinished: true, leftOut: `Long names are shortened: ${MORE}` },
  { names: 32, hasTables: false, hasFinished: true, leftOut: `There is no room for the tables here: ${inlineCode('/release status <cluster>')} answers with them.` },
  { names: 8, hasTables: false, hasFinished: true, leftOut: `There is no room for tables and long names here: ${MORE}` },
  { names: 8, hasTables: false, hasFinished: false, leftOut: `There is no room for tables, long names and the boxes of finished customers here: ${MORE}` },
]

/** One cluster: its table and a task list for each customer. Open as long as something is to do. */
export function renderSection(release: ReleaseState, cluster: BoardCluster, level: Level): string {
  const tables = level.hasTables ? [renderTables(release, cluster.customers, level.names)] : []
  const lists = cluster.customers.map((customer) => renderCustomerList(release, customer, level))
  return wrapSection(cluster, [...tables, ...lists].filter((part) => part !== '').join('\n\n'))
}

export function renderCustomerList(release: ReleaseState, customer: BoardCustomer, { names, hasFinished }: Level): string {
  if (!hasFinished && isComplete(customer.counts)) return renderHeading(customer)
  return renderList(customer, { names, hasBoxes: release.status === 'active' })
}

export function wrapSection(cluster: BoardCluster, content: string): string {
  const { name, counts, customers } = cluster
  const who = `${customers.length} ${customers.length === 1 ? 'customer' : 'customers'}`
  const open = isComplete(counts) ? '' : ' open'
  return `<details${open}>\n<summary><b>${escapeHtml(name)}</b> · <code>${renderBar(counts)}</code> · ${who}</summary>\n\n${content}\n\n</details>`
}

import { countOf, escapeHtml, fitLines, inlineCode, joinParts } from '@switchyard/core'
import type { ReleaseState } from '../release/records/state.ts'
import { isComplete } from '../release/views/progress.ts'
import { renderBar } from './bar.ts'
import { renderFailedCount } from './failures.ts'
import { clipper } from './clipper.ts'
import type { HistoryUrl } from './history-link.ts'
import { type ListStyle, renderHeading, renderList } from './lists.ts'
import type { BoardCluster, BoardCustomer } from './rows.ts'
import { renderTables } from './tables.ts'

/** How much of a page is drawn: each level leaves out more. */
export interface Level {
  /** Units of a step's name. */
  readonly names: number
  readonly hasTables: boolean
  /** Whether runs that failed and histories are linked to. */
  readonly hasLinks: boolean
  /** Whether customers with nothing left to do have their boxes here. */
  readonly hasFinished: boolean
  /** What is not there, as a sentence; undefined: nothing. */
  readonly leftOut: string | undefined
}

const MORE = `${inlineCode('/release customer <customer>')} answers with everything.`

const TABLES = `${inlineCode('/release status <cluster>')} answers with them.`

/** What is left out first when names or customers' own steps make a page too long. Boxes of what is to do go last. */
export const LEVELS: readonly Level[] = [
  { names: 90, hasTables: true, hasLinks: true, hasFinished: true, leftOut: undefined },
  { names: 32, hasTables: true, hasLinks: true, hasFinished: true, leftOut: `Long names are shortened: ${MORE}` },
  { names: 32, hasTables: false, hasLinks: true, hasFinished: true, leftOut: `There is no room for the tables here: ${TABLES}` },
  { names: 8, hasTables: false, hasLinks: false, hasFinished: true, leftOut: `There is no room for tables and long names here: ${MORE}` },
  {
    names: 8,
    hasTables: false,
    hasLinks: false,
    hasFinished: false,
    leftOut: `There is no room for tables, names and finished customers here: ${MORE}`,
  },
]

interface Drawn {
  readonly release: ReleaseState
  readonly place: { readonly historyUrl: HistoryUrl }
}

/** One cluster: its table and a task list for each customer. Open as long as something is to do. */
export function renderSection({ release, place }: Drawn, cluster: BoardCluster, level: Level): string {
  const { names, hasTables, hasLinks, hasFinished } = level
  const historyUrl = hasLinks ? place.historyUrl : undefined
  const tables = hasTables ? [renderTables(release, cluster.customers, { names, historyUrl })] : []
  const style = { nameOf: clipper(names), hasBoxes: release.status === 'active', hasLinks, historyUrl, hasFinished }
  const lists = cluster.customers.map((customer) => renderCustomerList(customer, style))
  return wrapSection(cluster, joinParts([...tables, ...lists]))
}

function renderCustomerList(customer: BoardCustomer, style: ListStyle & Pick<Level, 'hasFinished'>): string {
  return !style.hasFinished && isComplete(customer.counts) ? renderHeading(customer) : renderList(customer, style)
}

const LEAST = 8

interface First {
  readonly sections: readonly string[]
  /** What is missing, as a sentence. */
  readonly leftOut: string
}

/** The customers whose lists fit in `max` units, the first that does not only in part. */
export function renderFirst(release: ReleaseState, customers: readonly BoardCustomer[], max: number): First {
  const style = { nameOf: clipper(LEAST), hasBoxes: release.status === 'active', hasLinks: false, hasFinished: false }
  const sections: string[] = []
  let room = max
  for (const customer of customers) {
    const cluster = { name: customer.cluster, customers: [customer], counts: customer.counts }
    const command = inlineCode(`/release customer ${customer.address}`)
    const rest = (left: number): string => `\n${left} more lines are not shown here: ${command} has them.`
    // What is around a list is under 1,000 units.
    const lines = room < 2_000 ? [] : fitLines(renderCustomerList(customer, style).split('\n'), room - 1_000, rest)
    if (lines.length === 0) break
    const section = wrapSection(cluster, lines.join('\n'))
    sections.push(section)
    room -= section.length + 2
  }
  const left = customers.length - sections.length
  const who = left === 0 ? 'Not every box fits here' : `The boxes of ${left} more ${left === 1 ? 'customer' : 'customers'} do not fit here`
  const list = inlineCode('/release customer <customer>')
  const how = `Mark such steps with ${inlineCode('/step done <step> <customer>')}; ${list} lists them.`
  return { sections, leftOut: `${who}. ${how}` }
}

export function wrapSection(cluster: BoardCluster, content: string): string {
  const { name, counts, customers } = cluster
  const open = isComplete(counts) ? '' : ' open'
  const summary = `<b>${escapeHtml(name)}</b> · <code>${renderBar(counts)}</code> · ${countOf(customers.length, 'customer')}${renderFailedCount(customers)}`
  return `<details${open}>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`
}

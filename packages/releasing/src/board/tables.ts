import { clip, renderTable } from '@switchyard/core'
import { CATEGORIES, type Category } from '../model.ts'
import type { Step } from '../release/find-step.ts'
import type { ReleaseState } from '../release/records/state.ts'
import { clipper } from './clipper.ts'
import { type HistoryUrl, linkHistory } from './history-link.ts'
import { COLUMNS } from './plan-pages.ts'
import type { BoardCustomer } from './rows.ts'
import { CATEGORY_NAMES, FAILED, markOf, OVERRIDDEN, SIGNS } from './signs.ts'

const MAX_HEAD = 40

export interface TableStyle {
  /** Units of a step's name. */
  readonly names: number
  /** Where it is told who did what for a customer, and when; left out: heads are no links. */
  readonly historyUrl?: HistoryUrl | undefined
}

/**
 * Steps as rows, customers as columns, deploy and verify apart; many customers take several tables. The first head of a customer
 * leads to its history: a link in each cell would be ten times the cell, and a tick has no page of its own.
 */
export function renderTables(release: ReleaseState, customers: readonly BoardCustomer[], { names, historyUrl }: TableStyle): string {
  const tables: string[] = []
  const nameOf = clipper(names)
  for (let at = 0; at < customers.length; at += COLUMNS) {
    const columns = customers.slice(at, at + COLUMNS).map(toColumn)
    let isFirst = true
    for (const category of CATEGORIES) {
      const rows = toRows({ release, category, nameOf }, columns)
      if (rows.length === 0) continue
      const nameColumn = ({ customer }: Column): string => {
        const name = clip(customer.namespace, MAX_HEAD)
        return (isFirst && linkHistory(name, customer, historyUrl)) || name
      }
      const head = [`**${CATEGORY_NAMES[category]}**`, ...columns.map(nameColumn)]
      isFirst = false
      tables.push(renderTable(head, rows))
    }
  }
  return tables.join('\n\n')
}

interface Column {
  readonly customer: BoardCustomer
  readonly steps: ReadonlyMap<string, Step>
}

function toColumn(customer: BoardCustomer): Column {
  return { customer, steps: new Map(customer.steps.map((step) => [step.id, step])) }
}

interface Rows {
  readonly release: ReleaseState
  readonly category: Category
  nameOf(name: string): string
}

function toRows({ release, category, nameOf }: Rows, columns: readonly Column[]): readonly (readonly string[])[] {
  const templates = release.steps.filter((step) => step.category === category && columns.some(({ steps }) => steps.has(step.id)))
  const rows = templates.map(({ id, name }, at) => [`${at + 1}. ${nameOf(name)}`, ...columns.map((column) => renderCell(column, id))])
  const own = columns.map(({ customer }) => customer.steps.filter((step) => step.source === 'custom' && step.category === category))
  return own.every((steps) => steps.length === 0)
    ? rows
    : [...rows, ['Steps of their own', ...own.map((steps, at) => renderOwn(steps, columns[at]))]]
}

function renderCell({ steps, customer: { failed } }: Column, id: string): string {
  const step = steps.get(id)
  if (step === undefined) return ' '
  const signs = [SIGNS[step.status], failed.has(id) ? FAILED : '', step.source === 'overridden' ? OVERRIDDEN : '']
  return signs.filter((sign) => sign !== '').join(' ')
}

/** A customer's own steps of one category in one cell: one as its sign, several as how many are behind us. */
function renderOwn(steps: readonly Step[], column: Column | undefined): string {
  const [first] = steps
  if (first === undefined) return ' '
  const over = steps.filter(({ status }) => status === 'done' || status === 'skipped').length
  const isFailed = steps.some(({ id }) => column?.customer.failed.has(id))
  return `${steps.length === 1 ? SIGNS[first.status] : `${over}/${steps.length}`} ${isFailed ? `${FAILED} ` : ''}${markOf(first)}`
}

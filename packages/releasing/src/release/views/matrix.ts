import { isJsonObject, type Json, type JsonObject, type Recorded, type View } from '@switchyard/core'
import { addressOf, type StepStatus } from '../../model.ts'
import type { ReleaseEvent } from '../records/events.ts'
import type { CustomerRecord, TemplateStepRecord } from '../records/parts.ts'
import { parseSubject } from '../subjects.ts'
import { evolveMarks, keepMarks, type Marks, marksToJson, parseMarks } from './marks.ts'
import { countMatrix } from './progress.ts'

/** A release at a glance: one letter a copy. 200 customers with 50 steps are some 20 KB. */
export interface Matrix {
  /** Ids of the template's steps in their order, those that were removed with a `-` in front. */
  readonly steps: readonly string[]
  readonly customers: Readonly<Record<string, CustomerRow>>
}

export interface CustomerRow extends Marks {
  /** A letter for each step: `.` pending, `d` done, `s` skipped, `r` reverted, a space where there is no copy. */
  readonly cells: string
  /** The same of the customer's own steps, by id. */
  readonly customs: Readonly<Record<string, string>>
}

export const LETTERS = { pending: '.', done: 'd', skipped: 's', reverted: 'r' } as const satisfies Record<StepStatus, string>
const NO_COPY = ' '

export function matrixDocument(slug: string): string {
  return `matrix/${slug}`
}

/** What board and pages show, kept with every command; beside it the counts, as `progress/<slug>`. */
export const matrixView: View<ReleaseEvent> = {
  name: 'matrix',
  document: (_, subject) => matrixDocument(parseSubject(subject).slug),
  initial: { steps: [], customers: {} },
  evolve(document, event) {
    const before = parseMatrix(document)
    const after = withMarks(evolveMatrix(before, event), event)
    if (after === before) return { document }
    const { slug } = parseSubject(event.subject)
    return { document: toJson(after), pages: { [`progress/${slug}`]: countMatrix(after) } }
  },
}

function evolveMatrix(matrix: Matrix, event: Recorded<ReleaseEvent>): Matrix {
  const { address = '' } = parseSubject(event.subject)
  switch (event.type) {
    case 'release.activated':
      return withCustomers({ steps: event.data.steps.map(nameOf), customers: {} }, event.data.customers)
    case 'release.customers-added':
      return withCustomers(matrix, event.data.customers)
    case 'release.template-changed':
      return withTemplate(matrix, event.data.steps)
    case 'release.step-done':
      return withLetter(matrix, { address, step: event.data.step, letter: LETTERS.done })
    case 'release.step-skipped':
      return withLetter(matrix, { address, step: event.data.step, letter: LETTERS.skipped })
    case 'release.step-reverted':
      return withLetter(matrix, { address, step: event.data.step, letter: LETTERS.reverted })
    case 'release.steps-imported':
      return event.data.cells.reduce((now, { step, status }) => withLetter(now, { address, step, letter: LETTERS[status] }), matrix)
    case 'release.step-added':
      return withLetter(matrix, { address, step: event.data.step.id, letter: LETTERS.pending })
    case 'release.step-removed':
      return withLetter(matrix, { address, step: event.data.step, letter: undefined })
    default:
      return matrix
  }
}

function withMarks(matrix: Matrix, event: Recorded<ReleaseEvent>): Matrix {
  const { address } = parseSubject(event.subject)
  const row = address === undefined ? undefined : matrix.customers[address]
  if (address === undefined || row === undefined) return matrix
  const marks = evolveMarks(row, event)
  if (marks === row) return matrix
  return { ...matrix, customers: { ...matrix.customers, [address]: { cells: row.cells, customs: row.customs, ...marks } } }
}

function nameOf({ id, removed }: TemplateStepRecord): string {
  return removed ? `-${id}` : id
}

function withCustomers(matrix: Matrix, customers: readonly CustomerRecord[]): Matrix {
  const cells = matrix.steps.map((name) => (name.startsWith('-') ? NO_COPY : LETTERS.pending)).join('')
  const fresh = customers.map((customer) => [addressOf(customer), { cells, customs: {} }] as const)
  return { ...matrix, customers: { ...matrix.customers, ...Object.fromEntries(fresh) } }
}

/** Letters follow their steps; a removed step takes its pending copies with it. */
function withTemplate(matrix: Matrix, steps: readonly TemplateStepRecord[]): Matrix {
  const places = new Map(matrix.steps.map((name, at) => [name.replace(/^-/, ''), at]))
  const customers = Object.entries(matrix.customers).map(([address, row]) => {
    const cells = steps.map(({ id, removed }) => {
      const letter = row.cells[places.get(id) ?? -1] ?? NO_COPY
      if (removed) return letter === LETTERS.pending ? NO_COPY : letter
      return letter === NO_COPY ? LETTERS.pending : letter
    })
    const standing = new Set(steps.filter((_, at) => cells[at] !== NO_COPY).map(({ id }) => id))
    return [address, { cells: cells.join(''), customs: row.customs, ...keepMarks(row, (id) => standing.has(id)) }] as const
  })
  return { steps: steps.map(nameOf), customers: Object.fromEntries(customers) }
}

interface LetterChange {
  readonly address: string
  readonly step: string
  readonly letter: string | undefined
}

function withLetter(matrix: Matrix, { address, step, letter }: LetterChange): Matrix {
  const row = matrix.customers[address]
  if (row === undefined) return matrix
  const at = matrix.steps.findIndex((name) => name === step || name === `-${step}`)
  const { [step]: _, ...others } = row.customs
  const changed: CustomerRow =
    at < 0
      ? { ...row, customs: letter === undefined ? others : { ...row.customs, [step]: letter } }
      : { ...row, cells: `${row.cells.slice(0, at)}${letter ?? NO_COPY}${row.cells.slice(at + 1)}` }
  return { ...matrix, customers: { ...matrix.customers, [address]: changed } }
}

function toJson({ steps, customers }: Matrix): JsonObject {
  return {
    steps: [...steps],
    customers: Object.fromEntries(
      Object.entries(customers).map(([address, { cells, customs, ...marks }]) => [
        address,
        { cells, customs: { ...customs }, ...marksToJson(marks) },
      ]),
    ),
  }
}

/** A matrix as it was written; what is none of it is left out. */
export function parseMatrix(document: Json | undefined): Matrix {
  if (!isJsonObject(document)) return { steps: [], customers: {} }
  const listed: readonly Json[] = Array.isArray(document['steps']) ? document['steps'] : []
  const rows: readonly (readonly [string, Json | undefined])[] = isJsonObject(document['customers'])
    ? Object.entries(document['customers'])
    : []
  return {
    steps: listed.filter((name) => typeof name === 'string'),
    customers: Object.fromEntries(rows.map(([address, row]) => [address, parseRow(row)])),
  }
}

function parseRow(row: Json | undefined): CustomerRow {
  if (!isJsonObject(row)) return { cells: '', customs: {} }
  const customs = isJsonObject(row['customs']) ? Object.entries(row['customs']) : []
  return {
    cells: typeof row['cells'] === 'string' ? row['cells'] : '',
    customs: Object.fromEntries(customs.flatMap(([id, letter]) => (typeof letter === 'string' ? [[id, letter]] : []))),
    ...parseMarks(row),
  }
}

import type { Json, Recorded, View } from '@switchyard/core'
import { addressOf } from '../../model.ts'
import type { ReleaseEvent } from '../records/events.ts'
import type { CustomerRecord, TemplateStepRecord } from '../records/parts.ts'
import { parseSubject } from '../subjects.ts'
import { matrixOf } from './documents.ts'
import { evolveMarks, keepMarks } from './marks.ts'
import { type Letters, LETTERS, type Matrix, NO_COPY, parseMatrix, parseFrame, parseRow } from './matrix-document.ts'
import { countMatrix } from './progress.ts'

/** What board and pages show, kept with every command; beside it the counts, as `progress/<slug>`. */
export const matrixView: View<ReleaseEvent> = {
  name: 'matrix',
  document: matrixOf,
  initial: { steps: [], customers: {} },
  evolve(document, event) {
    const { slug, address } = parseSubject(event.subject)
    const after = address === undefined ? evolveRelease(document, event) : evolveCustomer(document, { address, event })
    if (after === document) return { document }
    return { document: after, pages: { [`progress/${slug}`]: countMatrix(after) } }
  },
}

function evolveRelease(document: Json, event: ReleaseEvent): Json {
  switch (event.type) {
    case 'release.activated':
      return withCustomers({ steps: event.data.steps.map(nameOf), customers: {} }, event.data.customers)
    case 'release.customers-added':
      return withCustomers(parseMatrix(document), event.data.customers)
    case 'release.template-changed':
      return withTemplate(parseMatrix(document), event.data.steps)
    default:
      return document
  }
}

/** An event on a customer changes that one's row alone. */
function evolveCustomer(document: Json, { address, event }: { readonly address: string; readonly event: Recorded<ReleaseEvent> }): Json {
  const { steps, customers } = parseFrame(document)
  if (customers[address] === undefined) return document
  const row = parseRow(customers[address])
  const { cells, customs } = evolveLetters(row, { steps, event })
  const marks = evolveMarks(row, event)
  if (marks === row && cells === row.cells && customs === row.customs) return document
  const { overridden, own, failed, begun } = marks
  const changed = {
    cells,
    customs,
    ...(overridden && { overridden }),
    ...(own && { own }),
    ...(failed && { failed }),
    ...(begun && { begun }),
  }
  return { steps, customers: { ...customers, [address]: changed } }
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

/** The letters after an event on their customer; the same object where it changes none. */
function evolveLetters(letters: Letters, { steps, event }: { readonly steps: Matrix['steps']; readonly event: ReleaseEvent }): Letters {
  const write = (now: Letters, step: string, letter: string): Letters => withLetter(now, { steps, step, letter })
  switch (event.type) {
    case 'release.step-done':
      return write(letters, event.data.step, LETTERS.done)
    case 'release.step-skipped':
      return write(letters, event.data.step, LETTERS.skipped)
    case 'release.step-reverted':
      return write(letters, event.data.step, LETTERS.reverted)
    case 'release.steps-imported':
      return event.data.cells.reduce((now, { step, status }) => write(now, step, LETTERS[status]), letters)
    case 'release.step-added':
      return write(letters, event.data.step.id, LETTERS.pending)
    case 'release.step-removed': {
      const { [event.data.step]: _, ...customs } = letters.customs
      return { cells: letters.cells, customs }
    }
    default:
      return letters
  }
}

interface LetterChange {
  readonly steps: Matrix['steps']
  readonly step: string
  readonly letter: string
}

function withLetter({ cells, customs }: Letters, { steps, step, letter }: LetterChange): Letters {
  const at = steps.findIndex((name) => name === step || name === `-${step}`)
  if (at < 0) return { cells, customs: { ...customs, [step]: letter } }
  return { cells: `${cells.slice(0, at)}${letter}${cells.slice(at + 1)}`, customs }
}

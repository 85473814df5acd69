import { findNearest } from '@switchyard/core'
import { HIDDEN } from '../files/formats.ts'
import { nameCharacter, quote } from '../files/quote.ts'
import { CATEGORIES, STEP_STATUSES } from '../model.ts'
import { unguardFormula } from './formulas.ts'
import type { CellFault } from './header.ts'
import type { lookupIn } from './known-cells.ts'
import { MAX_NOTES, MAX_PERSON } from '../release/text-limits.ts'
import type { Column, MatrixRow } from './matrix-row.ts'
import type { CsvCell } from './read-csv.ts'
import { readTime } from './read-time.ts'

interface Reading {
  readonly columns: readonly (Column | undefined)[]
  readonly lookup: ReturnType<typeof lookupIn>
}

export type ReadRow = { readonly row: MatrixRow; readonly offset: number } | { readonly faults: readonly CellFault[] }

/** One row of a matrix, or all that is wrong with it. */
export function readRow(cells: readonly CsvCell[], { columns, lookup }: Reading): ReadRow {
  const offset = cells[0]?.offset ?? 0
  if (cells.length !== columns.length) {
    const message = `The row has ${cells.length} cells, and the header ${columns.length}.`
    return {
      faults: [
        { code: 'cell-count', message, hint: 'Write a comma for each cell that is empty; put cells with commas in quotes.', offset },
      ],
    }
  }
  const faults: CellFault[] = []
  const keep = <T extends object>(found: T | CellFault): T | undefined => {
    if (!isFault(found)) return found
    faults.push(found)
    return undefined
  }
  const at = (column: Column): CsvCell => {
    const cell = cells[columns.indexOf(column)]
    return { text: unguardFormula(cell?.text ?? ''), offset: cell?.offset ?? offset }
  }
  const word = (column: Column): CsvCell => ({ ...at(column), text: at(column).text.trim() })
  const category = keep(chooseFrom(CATEGORIES, word('category'), 'category'))?.chosen
  const status = keep(chooseFrom(STEP_STATUSES, word('status'), 'status'))?.chosen
  const customer = keep(lookup.findCustomer(word('cluster'), word('namespace')))
  const step = category && customer && keep(lookup.findStep(word('step'), { category, customer }))
  const time = keep(timeOf(word('executed_at')))
  const person = keep(textOf(at('executed_by'), { max: MAX_PERSON, isLine: true }))
  const reason = keep(textOf(at('reason'), { max: MAX_NOTES }))
  const notes = keep(textOf(at('notes'), { max: MAX_NOTES }))
  if (status === 'skipped' && reason?.text === undefined) faults.push(needsReason(word('status')))
  if (status === 'pending' && (time?.time ?? person?.text ?? reason?.text ?? notes?.text) !== undefined) {
    faults.push(notPending(word('status')))
  }
  if (faults.length > 0 || !category || !status || !customer || !step) return { faults }
  const { cluster, namespace } = customer
  const executed = { executedAt: time?.time, executedBy: person?.text, reason: reason?.text, notes: notes?.text }
  return { row: { cluster, namespace, category, step: step.id, status, ...executed }, offset }
}

function isFault(found: object): found is CellFault {
  return 'code' in found
}

function chooseFrom<T extends string>(known: readonly T[], { text, offset }: CsvCell, what: string): { readonly chosen: T } | CellFault {
  const chosen = known.find((word) => word === text.toLowerCase())
  if (chosen !== undefined) return { chosen }
  const near = findNearest(text, known)
  const hint = near === undefined ? `There are ${known.map((word) => `\`${word}\``).join(', ')}.` : `Did you mean \`${near}\`?`
  return { code: `unknown-${what}`, message: `There is no ${what} ${quote(text)}.`, hint, offset }
}

function timeOf({ text, offset }: CsvCell): { readonly time: number | undefined } | CellFault {
  if (text === '') return { time: undefined }
  const time = readTime(text)
  if (typeof time === 'number') return { time }
  return {
    code: 'bad-time',
    message: `${quote(text)} is no time: ${time}.`,
    hint: 'Write `2026-11-21`, or `2026-11-21T14:30:00Z`.',
    offset,
  }
}

interface TextRule {
  readonly max: number
  /** Whether it must be one line. */
  readonly isLine?: boolean
}

function textOf({ text, offset }: CsvCell, { max, isLine = false }: TextRule): { readonly text: string | undefined } | CellFault {
  const refuse = (code: string, message: string, hint = 'Delete it.'): CellFault => ({ code, message, hint, offset })
  if (text.length > max) return refuse('too-long', `The cell has ${text.length} characters; ${max} are allowed.`, 'Shorten it.')
  const char = (isLine ? /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u : HIDDEN).exec(text.replaceAll('\r\n', '\n'))?.[0]
  if (char !== undefined) return refuse('hidden-character', `The cell holds ${nameCharacter(char)}, which is not seen where it stands.`)
  if (!text.isWellFormed()) return refuse('broken-text', 'The cell holds half a character (a lone surrogate).')
  return { text: text.trim() === '' ? undefined : text }
}

function needsReason({ offset }: CsvCell): CellFault {
  return { code: 'reason-missing', message: 'A skipped step needs a reason.', hint: 'Write it in the column `reason`.', offset }
}

function notPending({ offset }: CsvCell): CellFault {
  const message = 'A pending step was not carried out, but when, by whom or why is said.'
  return { code: 'pending-but-executed', message, hint: 'Write `done`, `skipped` or `reverted`, or empty those cells.', offset }
}

import { findNearest } from '@switchyard/core'
import { quote } from '../files/quote.ts'
import { COLUMNS, type Column, NEEDED_COLUMNS } from './matrix-row.ts'
import type { CsvCell } from './read-csv.ts'

/** Columns that are looked at: a line of nothing but commas names millions. */
const MAX_COLUMNS = 50

/** A fault of a matrix, by the offset at which it stands. */
export interface CellFault {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly offset: number
}

export interface Header {
  /** undefined: no column that is known. */
  readonly columns: readonly (Column | undefined)[]
  readonly faults: readonly CellFault[]
}

/** Which column each cell of a row belongs to; case and spaces around do not count. */
export function readHeader(cells: readonly CsvCell[]): Header {
  if (cells.length > MAX_COLUMNS) {
    const message = `The first line names ${cells.length} columns; there are ${COLUMNS.length}.`
    return { columns: [], faults: [{ code: 'too-many-columns', message, hint: `They are ${COLUMNS.join(',')}.`, offset: 0 }] }
  }
  const columns = cells.map(({ text }) => COLUMNS.find((column) => column === text.trim().toLowerCase()))
  const [first] = cells
  if (first && cells.length === 1 && columns[0] === undefined && /[;\t]/.test(first.text)) {
    const message = `The columns are parted by ${first.text.includes(';') ? 'semicolons' : 'tabs'}.`
    return {
      columns,
      faults: [{ code: 'bad-separator', message, hint: 'Save the file with commas between its columns.', offset: first.offset }],
    }
  }
  const unknown = cells.flatMap((cell, at) => (columns[at] === undefined ? [unknownColumn(cell, columns)] : []))
  const twice = cells.flatMap(({ offset }, at): readonly CellFault[] => {
    const column = columns[at]
    if (column === undefined || columns.indexOf(column) === at) return []
    return [{ code: 'duplicate-column', message: `The column \`${column}\` is there twice.`, hint: 'Keep one of the two.', offset }]
  })
  const missing = NEEDED_COLUMNS.filter((column) => !columns.includes(column)).map((column): CellFault => {
    const hint = `The first line names the columns: ${COLUMNS.join(',')}. Those from \`executed_at\` on may be left out.`
    return { code: 'missing-column', message: `There is no column \`${column}\`.`, hint, offset: first?.offset ?? 0 }
  })
  return { columns, faults: [...missing, ...unknown, ...twice] }
}

function unknownColumn({ text, offset }: CsvCell, columns: readonly (Column | undefined)[]): CellFault {
  const free = COLUMNS.filter((column) => !columns.includes(column))
  const near = findNearest(text.trim(), free)
  const hint = near === undefined ? `There are ${COLUMNS.map((column) => `\`${column}\``).join(', ')}.` : `Did you mean \`${near}\`?`
  return { code: 'unknown-column', message: `There is no column ${quote(text)}.`, hint, offset }
}

import { byPlace, type Fault } from '@switchyard/core'
import { placesIn } from '@switchyard/core/config'
import { MAX_FAULTS } from '../files/limits.ts'
import { quote } from '../files/quote.ts'
import { type CellFault, readHeader } from './header.ts'
import { type Known, lookupIn } from './known-cells.ts'
import { MAX_CSV_LENGTH, MAX_ROWS } from './limits.ts'
import type { MatrixRow } from './matrix-row.ts'
import { type CsvFault, readCsv } from './read-csv.ts'
import { readRow } from './read-row.ts'

export type ParsedMatrix =
  | { readonly ok: true; readonly rows: readonly MatrixRow[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Reads a matrix from CSV: a header with the columns in any order, then a row for each cell. Never throws; everything wrong is told at
 * once, up to `MAX_FAULTS`: unknown customers and steps, a cell that stands twice, statuses, times. A wrong header is told alone.
 */
export function parseMatrixCsv(text: string, { file, ...known }: Known & { readonly file: string }): ParsedMatrix {
  const placeAt = placesIn(text, file)
  const refuse = (faults: readonly CellFault[]): ParsedMatrix => ({
    ok: false,
    faults: faults
      .slice(0, MAX_FAULTS)
      .map(({ offset, ...said }): Fault => ({ ...said, place: placeAt(offset), severity: 'error' }))
      .sort(byPlace),
  })
  if (text.length > MAX_CSV_LENGTH) return refuse([tooLarge(`The file has ${text.length} characters; ${MAX_CSV_LENGTH} are allowed.`)])
  const csv = readCsv(text, MAX_ROWS + 2)
  const [head, ...body] = csv.records
  if (head === undefined) return refuse([NO_HEADER])
  if (body.length > MAX_ROWS) return refuse([tooLarge(`The file has more than ${MAX_ROWS} rows.`)])
  const broken = csv.faults.map(quoteFault)
  const header = readHeader(head)
  if (header.faults.length > 0) return refuse([...header.faults, ...broken])
  const seen = new Map<string, number>()
  const lookup = lookupIn(known)
  const rows: MatrixRow[] = []
  const faults: CellFault[] = broken
  for (const cells of body) {
    if (faults.length >= MAX_FAULTS) break
    const read = readRow(cells, { columns: header.columns, lookup })
    if (!('row' in read)) {
      faults.push(...read.faults)
      continue
    }
    const key = JSON.stringify([read.row.cluster, read.row.namespace, read.row.step])
    const first = seen.get(key)
    if (first === undefined) seen.set(key, read.offset)
    else faults.push(duplicate(read, placeAt(first).line))
    rows.push(read.row)
  }
  return faults.length > 0 ? refuse(faults) : { ok: true, rows }
}

const NO_HEADER: CellFault = {
  code: 'empty-file',
  message: 'The file holds nothing.',
  hint: 'Begin with a line that names the columns.',
  offset: 0,
}

function tooLarge(message: string): CellFault {
  return { code: 'file-too-large', message, hint: 'Import it in parts.', offset: 0 }
}

function quoteFault({ code, offset }: CsvFault): CellFault {
  switch (code) {
    case 'unclosed-quote':
      return { code, offset, message: 'This quote is never closed.', hint: 'Close it, and write each quote inside twice.' }
    case 'stray-quote':
      return {
        code,
        offset,
        message: 'A quote stands inside a cell.',
        hint: 'Put the whole cell in quotes, and write each quote inside twice.',
      }
  }
}

function duplicate({ row, offset }: { readonly row: MatrixRow; readonly offset: number }, line: number): CellFault {
  const message = `The step ${quote(row.step)} of ${quote(`${row.cluster}/${row.namespace}`)} stands in line ${line} already.`
  return { code: 'duplicate-cell', message, hint: 'Keep one of the two.', offset }
}

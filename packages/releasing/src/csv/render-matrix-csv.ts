import { guardFormula } from './formulas.ts'
import { COLUMNS, type Column, type MatrixRow } from './matrix-row.ts'
import { writeCsv } from './write-csv.ts'

/** A matrix as CSV with a header, for spreadsheets: no cell is computed there. `parseMatrixCsv` gives back the same rows. */
export function renderMatrixCsv(rows: readonly MatrixRow[]): string {
  return writeCsv([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => guardFormula(cellOf(row, column))))])
}

function cellOf(row: MatrixRow, column: Column): string {
  switch (column) {
    case 'executed_at':
      return row.executedAt === undefined ? '' : new Date(row.executedAt).toISOString()
    case 'executed_by':
      return row.executedBy ?? ''
    case 'reason':
    case 'notes':
      return row[column] ?? ''
    case 'cluster':
    case 'namespace':
    case 'category':
    case 'step':
    case 'status':
      return row[column]
  }
}

import { toInertLine } from './inert.ts'
import type { Terminal } from './terminal.ts'

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Columns two spaces apart, under a head; whoever wrote the cells, they are shown as text on one line. */
export function renderColumns(terminal: Pick<Terminal, 'style'>, { head, rows }: Table): string {
  const cells = rows.map((row) => row.map(toInertLine))
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [terminal.style('bold', line(head)), ...cells.map(line)].join('\n')
}

import { renderTable } from '@switchyard/core'
import { fitLines } from '../board/fit.ts'

/** A table in at most `max` units: the rows that fit, and how many do not. */
export function fitTable(head: readonly string[], rows: readonly (readonly string[])[], max: number): string {
  const rest = (left: number): string => `\nand ${left} more.`
  return fitLines(renderTable(head, rows).split('\n'), max, rest).join('\n')
}

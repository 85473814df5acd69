import { renderTable } from './table.ts'

/** The first of several ways to draw a text that has at most `max` UTF-16 units; undefined when none has. */
export function findFitting(ways: readonly (() => string)[], max: number): string | undefined {
  for (const draw of ways) {
    const text = draw()
    if (text.length <= max) return text
  }
  return undefined
}

/** As many lines as fit in `max` units, and then how many do not. `rest` says so in at most 200 units. */
export function fitLines(lines: readonly string[], max: number, rest: (left: number) => string): readonly string[] {
  const whole = lines.reduce((sum, line) => sum + line.length + 1, 0)
  if (whole <= max) return lines
  const shown: string[] = []
  let room = max - 200
  for (const line of lines) {
    room -= line.length + 1
    if (room < 0) break
    shown.push(line)
  }
  return [...shown, rest(lines.length - shown.length)]
}

export interface FittedTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** UTF-16 units of all of it. */
  readonly max: number
  /** What is said of the rows that do not fit, in at most 150 units. */
  rest?(left: number): string
}

/** A table in at most `max` units: its head, the rows that fit, and how many do not. */
export function fitTable({ head, rows, max, rest = (left) => `and ${left} more.` }: FittedTable): string {
  const [top = '', rule = '', ...lines] = renderTable(head, rows).split('\n')
  const shown = fitLines(lines, max - top.length - rule.length - 2, (left) => `\n${rest(left)}`)
  return [top, rule, ...shown].join('\n')
}

/** The first `max` names, and how many more there are: `a, b and 3 more`. */
export function nameFirst(names: readonly string[], max: number): string {
  const more = names.length - max
  return `${names.slice(0, max).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Parts with a blank line between them; empty ones are left out. */
export function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

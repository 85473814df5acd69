import { renderTable } from '@switchyard/core'

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

/** A table in at most `max` units: the rows that fit, and how many do not. */
export function fitTable(head: readonly string[], rows: readonly (readonly string[])[], max: number): string {
  const rest = (left: number): string => `\nand ${left} more.`
  return fitLines(renderTable(head, rows).split('\n'), max, rest).join('\n')
}

/** Parts with a blank line between them; empty ones are left out. */
export function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

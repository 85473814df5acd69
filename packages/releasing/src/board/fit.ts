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

/** Backticks that code of this text ends at, and not before; at least `least`. */
export function fenceOf(text: string, least = 3): string {
  const runs = text.match(/`+/g) ?? []
  return '`'.repeat(runs.reduce((longest, { length }) => Math.max(longest, length + 1), least))
}

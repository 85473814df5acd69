/** UTF-16 units of the longest run of backticks in a text. */
export function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0)
}

/** A fence that a block of this text ends at, and not before. */
export function fenceOf(text: string): string {
  return '`'.repeat(Math.max(3, longestRun(text) + 1))
}

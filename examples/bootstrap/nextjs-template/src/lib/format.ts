/** The day of an instant in UTC, as `2026-11-21`. */
export function isoDay(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** `1 day`, `3 days`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

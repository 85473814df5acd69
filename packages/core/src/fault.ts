/** A place in a file, as editors and annotations count: from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One thing that is wrong with a file or an input that somebody gave us. A file's faults are reported all at once. */
export interface Fault {
  readonly code: string
  readonly message: string
  readonly place?: Place
  /** What to do about it. */
  readonly hint?: string
  readonly severity: 'error' | 'warning'
}

export function renderPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`
}

/** The order in which people mend a file: from its top to its end. Faults without a place come first. */
export function byPlace(left: Fault, right: Fault): number {
  if (!left.place || !right.place) return left.place ? 1 : right.place ? -1 : 0
  return left.place.line - right.place.line || left.place.column - right.place.column
}

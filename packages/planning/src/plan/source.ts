import type { Fault, Place } from '@switchyard/core'

/** What every rule says of the text: an offset instead of a place. */
export interface PlanFinding {
  readonly code: string
  readonly message: string
  readonly hint: string
  /** In the text, in UTF-16 units. */
  readonly offset: number
  readonly isWarning?: boolean
}

/** A part of the text, from its first character to behind its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A finding with its place in the file instead of its offset. */
export function toFault({ code, message, hint, offset, isWarning }: PlanFinding, placeAt: (offset: number) => Place): Fault {
  return { code, message, hint, place: placeAt(offset), severity: isWarning === true ? 'warning' : 'error' }
}

/** A span without the blanks around it. */
export function trimSpan(text: string, { start, end }: Span): Span {
  const inside = text.slice(start, end)
  const lead = inside.length - inside.trimStart().length
  return { start: start + lead, end: Math.max(start + lead, start + inside.trimEnd().length) }
}

import { isoDay } from '../format.ts'
import type { Item } from '../items/item.ts'

export interface Loan {
  readonly borrower: string
  /** The last day on which it is not late, as `2026-11-21`. */
  readonly dueOn: string
}

export interface Borrowing {
  readonly borrower: string
  readonly at: Date
  readonly days: number
}

/** The item as it is once borrowed; undefined if somebody has it already. */
export function lend(item: Item, { borrower, at, days }: Borrowing): Item | undefined {
  if (item.loan !== undefined) return undefined
  const due = new Date(at)
  due.setUTCDate(due.getUTCDate() + days)
  return { ...item, loan: { borrower, dueOn: isoDay(due) } }
}

/** The item back on the shelf. */
export function giveBack({ id, name, place }: Item): Item {
  return { id, name, place }
}

import { countOf, isoDay } from '../format.ts'
import type { Loan } from './loan.ts'

const DAY_MS = 86_400_000

/** Days until the loan is due; negative once it is late. */
export function daysLeft(loan: Loan, now: Date): number {
  return Math.round((Date.parse(loan.dueOn) - Date.parse(isoDay(now))) / DAY_MS)
}

/** What to say about it: `due in 3 days`, `due today`, `1 day late`. */
export function describeDue(loan: Loan, now: Date): string {
  const days = daysLeft(loan, now)
  if (days === 0) return 'due today'
  return days > 0 ? `due in ${countOf(days, 'day')}` : `${countOf(-days, 'day')} late`
}

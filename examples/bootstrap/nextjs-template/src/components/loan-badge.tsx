import { daysLeft, describeDue } from '@/lib/loans/due.ts'
import type { Loan } from '@/lib/loans/loan.ts'

export function LoanBadge({ loan, today }: { readonly loan: Loan | undefined; readonly today: Date }) {
  if (loan === undefined) return <span>on the shelf</span>
  return (
    <span className={daysLeft(loan, today) < 0 ? 'late' : undefined}>
      {loan.borrower}, {describeDue(loan, today)}
    </span>
  )
}

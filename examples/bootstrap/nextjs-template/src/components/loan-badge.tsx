import { daysLeft, describeDue } from '@/lib/loans/due.ts'
import type { Loan } from '@/lib/loans/loan.ts'

export function LoanBadge({ loan }: { readonly loan: Loan | undefined }) {
  if (loan === undefined) return <span>on the shelf</span>
  const now = new Date()
  return (
    <span className={daysLeft(loan, now) < 0 ? 'late' : undefined}>
      {loan.borrower}, {describeDue(loan, now)}
    </span>
  )
}

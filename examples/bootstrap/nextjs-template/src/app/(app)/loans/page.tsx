import { EmptyState } from '@/components/empty-state.tsx'
import { LoanTable } from '@/components/loan-table.tsx'
import { getToday } from '@/lib/clock.ts'
import { getStore } from '@/lib/items/store.ts'

export const metadata = { title: 'Loans' }
export const dynamic = 'force-dynamic'

export default async function LoansPage() {
  const lent = (await getStore().list()).filter(({ loan }) => loan !== undefined)
  return (
    <>
      <h1>Loans</h1>
      {lent.length === 0 ? <EmptyState what="Everything is on the shelf." next="Take something." /> : <LoanTable items={lent} today={getToday()} />}
    </>
  )
}

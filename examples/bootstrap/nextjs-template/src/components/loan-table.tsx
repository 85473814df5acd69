import Link from 'next/link'
import type { Item } from '@/lib/items/item.ts'
import { LoanBadge } from './loan-badge.tsx'

export function LoanTable({ items, today }: { readonly items: readonly Item[]; readonly today: Date }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">Loan</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <td>
              <Link href={`/items/${item.id}`}>{item.name}</Link>
            </td>
            <td>
              <LoanBadge loan={item.loan} today={today} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

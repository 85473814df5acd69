import Link from 'next/link'
import type { Item } from '@/lib/items/item.ts'
import { LoanBadge } from './loan-badge.tsx'

export function LoanTable({ items }: { readonly items: readonly Item[] }) {
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
              <LoanBadge loan={item.loan} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

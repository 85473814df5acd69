import Link from 'next/link'
import type { Item } from '@/lib/items/item.ts'
import { LoanBadge } from './loan-badge.tsx'

export function ItemCard({ item, today }: { readonly item: Item; readonly today: Date }) {
  return (
    <li>
      <Link href={`/items/${item.id}`}>{item.name}</Link> in {item.place} <LoanBadge loan={item.loan} today={today} />
    </li>
  )
}

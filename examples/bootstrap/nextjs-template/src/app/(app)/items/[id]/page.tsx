import { notFound } from 'next/navigation'
import { Button } from '@/components/button.tsx'
import { Card } from '@/components/card.tsx'
import { Field } from '@/components/field.tsx'
import { LoanBadge } from '@/components/loan-badge.tsx'
import { getToday } from '@/lib/clock.ts'
import { getStore } from '@/lib/items/store.ts'
import { borrowItem, returnItem } from '../actions.ts'

export default async function ItemPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const item = await getStore().find((await params).id)
  if (item === undefined) notFound()
  return (
    <Card title={item.name}>
      <p>
        Kept in {item.place}; <LoanBadge loan={item.loan} today={getToday()} />
      </p>
      <form action={item.loan === undefined ? borrowItem : returnItem}>
        <input type="hidden" name="id" value={item.id} />
        {item.loan === undefined ? <Field label="Who takes it?" name="borrower" required /> : null}
        <Button>{item.loan === undefined ? 'Take it' : 'It is back'}</Button>
      </form>
    </Card>
  )
}

'use client'
import { matchesQuery, type Item } from '@/lib/items/item.ts'
import { useFilter } from '@/state/filter.ts'
import { EmptyState } from './empty-state.tsx'
import { Field } from './field.tsx'
import { ItemCard } from './item-card.tsx'

export function ItemList({ items, today }: { readonly items: readonly Item[]; readonly today: Date }) {
  const { query, setQuery } = useFilter()
  const found = items.filter((item) => matchesQuery(item, query.trim()))
  return (
    <>
      <Field label="Search" type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
      {found.length === 0 ? <EmptyState what="Nothing found." next="Try fewer words." /> : null}
      <ul>
        {found.map((item) => (
          <ItemCard key={item.id} item={item} today={today} />
        ))}
      </ul>
    </>
  )
}

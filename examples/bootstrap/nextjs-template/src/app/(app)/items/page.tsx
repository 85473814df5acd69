import Link from 'next/link'
import { ItemList } from '@/components/item-list.tsx'
import { getToday } from '@/lib/clock.ts'
import { getStore } from '@/lib/items/store.ts'

export const metadata = { title: 'Shelf' }
export const dynamic = 'force-dynamic'

export default async function ItemsPage() {
  return (
    <>
      <h1>Shelf</h1>
      <ItemList items={await getStore().list()} today={getToday()} />
      <Link href="/items/new">Add an item</Link>
    </>
  )
}

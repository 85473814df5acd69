import type { Loan } from '../loans/loan.ts'
import { slugOf } from '../slug.ts'

export interface Item {
  readonly id: string
  readonly name: string
  readonly place: string
  /** Left out while it is on the shelf. */
  readonly loan?: Loan
}

export type ItemFault = 'name-missing' | 'name-too-long' | 'place-missing'

/** A new item from what somebody typed, or everything that is wrong with it. */
export function parseItem(input: { readonly name: string; readonly place: string }): Item | readonly ItemFault[] {
  const name = input.name.trim()
  const place = input.place.trim()
  const id = slugOf(name)
  const faults: ItemFault[] = []
  if (id === '') faults.push('name-missing')
  if (name.length > 80) faults.push('name-too-long')
  if (place === '') faults.push('place-missing')
  return faults.length > 0 ? faults : { id, name, place }
}

/** Whether the item holds every word of the query, in its name or its place. */
export function matchesQuery(item: Item, query: string): boolean {
  const text = `${item.name} ${item.place}`.toLowerCase()
  return query.toLowerCase().split(/\s+/).every((word) => text.includes(word))
}

import type { Item } from './items/item.ts'

/** What a new shelf holds, so that there is something to look at. */
export const seedItems: readonly Item[] = [
  { id: 'hammer-drill', name: 'Hammer drill', place: 'Cupboard 2' },
  { id: 'label-printer', name: 'Label printer', place: 'Front desk' },
  { id: 'projector', name: 'Projector', place: 'Meeting room 4', loan: { borrower: 'design', dueOn: '2026-12-01' } },
]

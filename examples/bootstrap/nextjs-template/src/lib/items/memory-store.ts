import { seedItems } from '../seed-data.ts'
import type { Item } from './item.ts'
import type { ItemStore } from './store.ts'

/** Forgets everything when the process ends: for a first look, and for tests. */
export function createMemoryStore(items: readonly Item[] = seedItems): ItemStore {
  const byId = new Map(items.map((item) => [item.id, item]))
  return {
    list: async () => [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
    find: async (id) => byId.get(id),
    save: async (item) => void byId.set(item.id, item),
    remove: async (id) => void byId.delete(id),
    isReady: async () => true,
  }
}

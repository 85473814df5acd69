import type { Item } from './item.ts'
import { createMemoryStore as createStore } from './memory-store.ts'

/** Where items are kept. Whoever lists gets them by id, in code-point order. */
export interface ItemStore {
  list(): Promise<readonly Item[]>
  find(id: string): Promise<Item | undefined>
  /** Adds the item, or takes the place of the one with its id. */
  save(item: Item): Promise<void>
  /** Nothing happens if there is none. */
  remove(id: string): Promise<void>
  isReady(): Promise<boolean>
}

let current: ItemStore | undefined

/** The store of this process. The one place that says which kind it is. */
export function getStore(): ItemStore {
  current ??= createStore()
  return current
}

import { isoDay } from '../src/lib/format.ts'
import { getStore } from '../src/lib/items/store.ts'
import { seedItems } from '../src/lib/seed-data.ts'

const store = getStore()
for (const item of seedItems) await store.save(item)
console.log(`${isoDay(new Date())}: the shelf holds ${(await store.list()).length} items`)

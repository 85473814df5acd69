import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryStore } from '../src/lib/items/memory-store.ts'

test('a store lists by id, and saving the same id again replaces', async () => {
  const store = createMemoryStore([])
  await store.save({ id: 'b', name: 'B', place: 'x' })
  await store.save({ id: 'a', name: 'A', place: 'x' })
  await store.save({ id: 'b', name: 'B', place: 'y' })
  assert.deepEqual((await store.list()).map(({ id, place }) => `${id}${place}`), ['ax', 'by'])
  await store.remove('a')
  assert.equal(await store.find('a'), undefined)
})

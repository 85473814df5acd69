import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchesQuery, parseItem } from '../src/lib/items/item.ts'

test('an item gets its id from its name', () => {
  assert.deepEqual(parseItem({ name: ' Hammer drill ', place: 'Cupboard 2' }), { id: 'hammer-drill', name: 'Hammer drill', place: 'Cupboard 2' })
})

test('all faults are told at once', () => {
  assert.deepEqual(parseItem({ name: '!', place: ' ' }), ['name-missing', 'place-missing'])
})

test('a search wants every word, in any order', () => {
  const item = { id: 'hammer-drill', name: 'Hammer drill', place: 'Cupboard 2' }
  assert.ok(matchesQuery(item, 'cupboard DRILL'))
  assert.ok(!matchesQuery(item, 'drill desk'))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseConfig } from '../src/lib/config.ts'
import { requestIdOf } from '../src/lib/request-id.ts'

const options = { header: 'x-request-id', create: () => 'new-one' }

test('a request keeps the id that it came with', () => {
  assert.equal(requestIdOf(new Headers({ 'x-request-id': 'abcd-1234' }), options), 'abcd-1234')
})

test('a request without an id, or with one that no log should hold, gets a new one', () => {
  assert.equal(requestIdOf(new Headers(), options), 'new-one')
  assert.equal(requestIdOf(new Headers({ 'x-request-id': '<script>alert(1)</script>' }), options), 'new-one')
})

test('the header has a name that a request can bear', () => {
  assert.equal(parseConfig({}).requestIdHeader, 'x-request-id')
  assert.throws(() => parseConfig({ REQUEST_ID_HEADER: 'X Request' }), /REQUEST_ID_HEADER/)
})

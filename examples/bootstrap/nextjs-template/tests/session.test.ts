import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSession, sealSession } from '../src/lib/session.ts'

const session = { name: 'design', until: 2_000 }

test('a session comes back as it was sealed, until it is over', () => {
  const value = sealSession(session, 'secret')
  assert.deepEqual(openSession(value, 'secret', 1_000), session)
  assert.equal(openSession(value, 'secret', 2_000), undefined)
})

test('a session that was changed, or sealed by another, is none', () => {
  const [body = '', signature = ''] = sealSession(session, 'secret').split('.')
  const other = Buffer.from(JSON.stringify({ ...session, name: 'admin' })).toString('base64url')
  assert.equal(openSession(`${other}.${signature}`, 'secret', 1_000), undefined)
  assert.equal(openSession(`${body}.${signature}`, 'another', 1_000), undefined)
  assert.equal(openSession('nonsense', 'secret', 1_000), undefined)
})

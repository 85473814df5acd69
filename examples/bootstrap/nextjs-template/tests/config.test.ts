import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseConfig } from '../src/lib/config.ts'

test('every setting but the secret has a default', () => {
  const config = parseConfig({})
  assert.equal(config.siteUrl.href, 'http://localhost:3000/')
  assert.equal(config.logLevel, 'info')
  assert.ok(config.loanDays > 0)
})

test('production does not start with a short secret', () => {
  assert.throws(() => parseConfig({ NODE_ENV: 'production', SESSION_SECRET: 'short' }), /SESSION_SECRET/)
})

for (const LOAN_DAYS of ['0', '91', '1.5', 'many']) {
  test(`${LOAN_DAYS} is no number of days`, () => {
    assert.throws(() => parseConfig({ LOAN_DAYS }), /LOAN_DAYS/)
  })
}

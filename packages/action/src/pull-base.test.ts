import { expect, test } from 'vitest'
import { findPullBase } from './pull-base.ts'

test.each([
  [{ pull_request: { base: { sha: 'abc' } } }, 'abc'],
  [{ pull_request: { base: { sha: 1 } } }, undefined],
  [{ pull_request: {} }, undefined],
  [{ pull_request: null }, undefined],
  [[], undefined],
])('a pull request starts from its base: %j', (payload, base) => {
  expect(findPullBase({ payload })).toBe(base)
})

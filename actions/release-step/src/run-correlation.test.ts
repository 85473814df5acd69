import { expect, test } from 'vitest'
import { commentOf } from './run-correlation.ts'

test.each([
  ['comment-17-backup-eu-1/brede', 17],
  ['run-17-backup-eu-1/brede', undefined],
  ['x comment-17-', undefined],
  ['comment-17', undefined],
])('the comment of %s', (correlation, id) => {
  expect(commentOf(correlation)).toBe(id)
})

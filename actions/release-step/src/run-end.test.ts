import { expect, test } from 'vitest'
import { endOf } from './run-end.ts'

test.each([
  [0, { exitCode: 0, conclusion: 'success', words: 'ended with exit code 0' }],
  [137, { exitCode: 137, conclusion: 'failure', words: 'ended with exit code 137' }],
  ['timed-out', { exitCode: 124, conclusion: 'timed_out', words: 'was stopped after 50 minutes' }],
] as const)('a run that ended with %s', (ended, told) => {
  expect(endOf(ended)).toEqual(told)
})

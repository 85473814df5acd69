import { expect, test } from 'vitest'
import { createServerClock } from './server-clock.ts'

const SECOND = Date.UTC(2026, 0, 1, 12)
const DATE = new Date(SECOND).toUTCString()

test.each([
  ['a clock that may be right is left alone', SECOND + 200, SECOND + 400, 0],
  ['… at the very end of the second, too', SECOND + 999, SECOND + 1_400, 0],
  ['a clock that is behind', SECOND - 60_000, SECOND - 59_800, 59_800],
  ['a clock that is ahead', SECOND + 60_000, SECOND + 60_200, -59_001],
])('%s', (_, sentAt, receivedAt, offset) => {
  const clock = createServerClock()
  clock.observe(DATE, sentAt, receivedAt)
  expect(clock.offsetMs).toBe(offset)
})

test('an answer without a date changes nothing', () => {
  const clock = createServerClock()
  clock.observe(DATE, SECOND - 60_000, SECOND - 60_000)
  clock.observe(undefined, 0, 0)
  clock.observe('soon', 0, 0)
  expect(clock.offsetMs).toBe(60_000)
})

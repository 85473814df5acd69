import { describe, expect, test } from 'vitest'
import type { Failure, FailureKind } from './failure.ts'
import { decideRepeat, MAX_REPEATS } from './repeat.ts'

const NOW = Date.UTC(2026, 0, 1)
const decide = (failure: Partial<Failure> & { kind: FailureKind }, rest: object = {}): number | undefined =>
  decideRepeat({
    failure: { status: 0, headers: {}, data: undefined, ...failure },
    idempotent: false,
    repeats: 0,
    serverNow: NOW,
    remainingMs: 600_000,
    chance: 0.5,
    ...rest,
  })

describe('what may be sent again', () => {
  test.each([
    ['not-sent', true, true],
    ['rate-limited', true, true],
    ['server-error', false, true],
    ['lost', false, true],
    ['refused', false, false],
    ['unexpected', false, false],
  ] as const)('%s: %s, and if it is idempotent: %s', (kind, always, idempotent) => {
    expect(decide({ kind }) !== undefined).toBe(always)
    expect(decide({ kind }, { idempotent: true }) !== undefined).toBe(idempotent)
  })
})

describe('how long it waits', () => {
  test('evenly drawn under steps that double', () => {
    const waits = Array.from({ length: MAX_REPEATS + 1 }, (_, repeats) => decide({ kind: 'not-sent' }, { repeats, chance: 0.999_999 }))
    expect(waits).toEqual([99, 199, 399, 799, 1_599, undefined])
    expect(decide({ kind: 'not-sent' }, { chance: 0 })).toBe(0)
  })

  test.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a date', { 'retry-after': new Date(NOW + 9_000).toUTCString() }, 9_000],
    ['a date that is over', { 'retry-after': new Date(NOW - 9_000).toUTCString() }, 0],
    ['nonsense', { 'retry-after': 'soon' }, 60_500],
    ['the end of a spent budget', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / 1_000 + 20}` }, 21_000],
    ['nothing', {}, 60_500],
    ['nothing but a budget that is not spent', { 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': `${NOW / 1_000 + 20}` }, 60_500],
  ])('a limit with %s', (_, headers, wait) => {
    expect(decide({ kind: 'rate-limited', headers })).toBe(wait)
  })

  test('a failure does not wait for the budget, even if that is spent', () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / 1_000 + 20}` }
    expect(decide({ kind: 'server-error', headers }, { idempotent: true })).toBe(50)
  })

  test('a failure waits as it is asked to', () => {
    expect(decide({ kind: 'server-error', headers: { 'retry-after': '3' } }, { idempotent: true })).toBe(3_000)
  })

  test('never beyond the time of the step', () => {
    expect(decide({ kind: 'not-sent' }, { remainingMs: 51 })).toBe(50)
    expect(decide({ kind: 'not-sent' }, { remainingMs: 50 })).toBeUndefined()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideBatches, decidePause, HOUR_LIMIT, MINUTE_LIMIT } from '../../src/tree.ts'
import { issuesOf } from './a-plan.ts'

const HOUR = 3_600_000
const times = (count: number, at: number): number[] => Array.from({ length: count }, () => at)

describe('batches', () => {
  const keys = (batches: ReturnType<typeof decideBatches>): string[] => batches.map((batch) => batch.map(({ key }) => key).join(' '))

  it('levels follow one another, and a level is cut where a request is full', () => {
    const issues = issuesOf({ stories: [{ id: 'a', tasks: ['a1', 'a2'] }, { id: 'b', tasks: ['b1'] }, 'c'] })
    expect(keys(decideBatches(issues, 2))).toEqual(['epic', 'a b', 'c', 'a1 a2', 'b1'])
    expect(keys(decideBatches(issues, 10))).toEqual(['epic', 'a b c', 'a1 a2 b1'])
  })

  it('what has its parent already comes at once', () => {
    const issues = issuesOf({ stories: [{ id: 'a', tasks: ['a1'] }, 'b'] }).filter(({ key }) => key !== 'epic' && key !== 'a')
    expect(keys(decideBatches(issues, 10))).toEqual(['a1 b'])
  })

  it('a part below a part waits for it', () => {
    const issues = issuesOf({ stories: Array.from({ length: 91 }, (_, at) => `s${at}`) })
    expect(decideBatches(issues, 1000).map((batch) => batch.length)).toEqual([1, 91, 1])
  })

  it('nothing to create is no request', () => {
    expect(decideBatches([], 10)).toEqual([])
  })
})

describe('pause', () => {
  it.each([
    ['nothing was created', [], 0, 10, { ms: 0, isHourFull: false }],
    ['the minute has room', times(65, 0), 0, 10, { ms: 0, isHourFull: false }],
    ['the minute has no room', times(66, 1_000), 2_000, 10, { ms: 59_000, isHourFull: false }],
    ['the minute has just passed', times(75, 1_000), 61_000, 10, { ms: 0, isHourFull: false }],
    ['only the first of them have to pass', [...times(10, 0), ...times(65, 30_000)], 40_000, 10, { ms: 20_000, isHourFull: false }],
    ['the hour is full', times(480, 0), 600_000, 1, { ms: 3_000_000, isHourFull: true }],
    ['the hour is full before so many', times(475, 0), 600_000, 10, { ms: 3_000_000, isHourFull: true }],
    ['the hour has passed', times(480, 0), HOUR, 75, { ms: 0, isHourFull: false }],
    [
      'the hour is full for less than the minute is',
      [...times(405, 0), ...times(75, HOUR - 1_000)],
      HOUR - 500,
      1,
      { ms: 59_500, isHourFull: false },
    ],
    ['the clock went back', times(75, HOUR), 0, 1, { ms: 60_000, isHourFull: false }],
    ['they come in any order', [...times(70, 50_000), ...times(5, 0)], 55_000, 5, { ms: 5_000, isHourFull: false }],
  ])('%s', (_, createdAt, now, count, expected) => {
    expect(decidePause({ createdAt, now, count })).toEqual(expected)
  })

  it('more at once than a minute takes is never asked for', () => {
    expect(() => decidePause({ createdAt: [], now: 0, count: MINUTE_LIMIT + 1 })).toThrow('more than a minute takes')
  })

  it('whoever waits as long as it says never passes a limit, and never waits in vain', () => {
    const step = fc.record({ count: fc.integer({ min: 1, max: 75 }), idle: fc.oneof(fc.nat(2_000), fc.nat(200_000)) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const createdAt: number[] = []
        let now = 0
        for (const { count, idle } of steps) {
          now += idle
          const { ms } = decidePause({ createdAt, now, count })
          now += ms
          const within = (window: number, at: number): number => createdAt.filter((time) => time > at - window && time <= at).length + count
          expect(within(60_000, now)).toBeLessThanOrEqual(MINUTE_LIMIT)
          expect(within(HOUR, now)).toBeLessThanOrEqual(HOUR_LIMIT)
          if (ms > 0) expect(within(60_000, now - 1) > MINUTE_LIMIT || within(HOUR, now - 1) > HOUR_LIMIT).toBe(true)
          createdAt.push(...times(count, now))
        }
      }),
    )
  })
})

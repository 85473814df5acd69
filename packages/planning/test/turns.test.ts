import { describe, expect, test } from 'vitest'
import { countTurns, takeTurn, turnOf } from '../src/index.ts'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-03-01T00:00:00Z')
const listOf = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at)
const tickOf = (schedule: string, at: number): number => turnOf({ schedule, runNumber: 7, at })

describe('a turn', () => {
  test.each([
    ['17,47 * * * *', HOUR_MS / 2],
    ['*/15 * * * *', HOUR_MS / 4],
    ['5 */2 * * *', 2 * HOUR_MS],
    ['0 6-9 * * *', 6 * HOUR_MS],
    ['30/15 4 * * *', 12 * HOUR_MS],
  ])('of the schedule %s comes after the one before, however late each run is', (schedule, period) => {
    const days = 3
    const ticks = listOf(days * 96).map((quarter) => tickOf(schedule, START + (quarter * HOUR_MS) / 4))
    const distinct = [...new Set(ticks)]
    expect(distinct).toEqual(listOf(distinct.length).map((at) => (distinct[0] ?? 0) + at))
    expect(distinct.length).toBeGreaterThanOrEqual((days * 24 * HOUR_MS) / period)
  })

  test('is the same until the next is due', () => {
    const due = START + 17 * 60_000
    const ticks = [0, 5, 29, 30].map((late) => tickOf('17,47 * * * *', due + late * 60_000) - tickOf('17,47 * * * *', due))
    expect(ticks).toEqual([0, 0, 0, 1])
  })

  test.each(['0 6 * * 1-5', '0 6 1 * *', 'no schedule', '61 * * * *', ''])('of “%s” is the run’s number', (schedule) => {
    expect(tickOf(schedule, START)).toBe(7)
  })

  test('of a run by hand is its number', () => {
    expect(turnOf({ schedule: undefined, runNumber: 7, at: START })).toBe(7)
  })
})

test('each comes in one of as many turns as there are parts, wherever they begin', () => {
  for (const count of [0, 1, 25, 26, 250, 251]) {
    const all = listOf(count)
    for (const first of [0, 3, 11]) {
      const turns = listOf(countTurns(all, 25)).map((at) => takeTurn(all, { turn: first + at, max: 25 }))
      expect(turns.flat().toSorted((left, right) => left - right)).toEqual(all)
      expect(Math.max(...turns.map(({ length }) => length))).toBeLessThanOrEqual(25)
    }
  }
})

import { expect, test } from 'vitest'
import { countTurns, takeTurn } from '../src/index.ts'

const listOf = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at)

test('each comes once in a round of as many turns as there are parts', () => {
  for (const count of [0, 1, 25, 26, 250, 251]) {
    const all = listOf(count)
    const parts = countTurns(all, 25)
    for (const round of [0, 3, 11]) {
      const turns = listOf(parts).map((at) => takeTurn(all, { turn: round * parts + at, max: 25 }))
      expect(turns.flat().toSorted((left, right) => left - right)).toEqual(all)
      expect(Math.max(...turns.map(({ length }) => length))).toBeLessThanOrEqual(25)
    }
  }
})

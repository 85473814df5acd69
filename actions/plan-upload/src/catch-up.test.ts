import { expect, test } from 'vitest'
import { chooseIdeas } from './catch-up.ts'

const listOf = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at)

test('of 250 open ideas each is looked at within ten sweeps, and of 2,500 on 25 pages within 120', () => {
  const sweep = (turn: number, pages: readonly (readonly number[])[]): readonly number[] => {
    const chosen = chooseIdeas(pages, turn)
    return chosen.ideas(chosen.pages.flat())
  }
  const seen = (pages: readonly (readonly number[])[], sweeps: number) => new Set(listOf(sweeps).flatMap((at) => sweep(1_000 + at, pages)))
  const pagesOf = (count: number) => listOf(count).map((page) => listOf(100).map((at) => page * 100 + at))
  const few = [listOf(100), listOf(50).map((at) => 100 + at), listOf(100).map((at) => 150 + at)]
  expect(seen(few, 10)).toEqual(new Set(listOf(250)))
  expect(seen(pagesOf(25), 120)).toEqual(new Set(listOf(2_500)))
})

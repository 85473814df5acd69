import { expect, test } from 'vitest'
import { chooseIdeas } from './catch-up.ts'

const listOf = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at)

const pagesOf = (count: number) => listOf(count).map((page) => listOf(100).map((at) => page * 100 + at))

/** Ideas that are looked at by so many sweeps, of which each is so many turns after the one before. */
function lookAt(pages: readonly (readonly number[])[], { sweeps, step = 1 }: { readonly sweeps: number; readonly step?: number }) {
  const seen = new Set<number>()
  for (const at of listOf(sweeps)) {
    const chosen = chooseIdeas(pages, 1_000 + at * step)
    for (const idea of chosen.ideas(chosen.pages.flat())) seen.add(idea)
  }
  return seen.size
}

test('of 250 open ideas each is looked at within twenty sweeps, and of 2,500 on 25 pages within 240', () => {
  expect(lookAt([listOf(100), listOf(50).map((at) => 100 + at), listOf(100).map((at) => 150 + at)], { sweeps: 20 })).toBe(250)
  expect(lookAt(pagesOf(25), { sweeps: 240 })).toBe(2_500)
})

test('whichever turns others take in between, all ideas are looked at', () => {
  for (const step of listOf(144)) {
    if (step === 0) continue
    expect([step, lookAt([listOf(30)], { step, sweeps: 20 })]).toEqual([step, 30])
    expect([step, lookAt([listOf(100)], { step, sweeps: 60 })]).toEqual([step, 100])
    // Two parts of pages with two parts of ideas each.
    const pages = listOf(12).map((page) => listOf(4).map((at) => page * 4 + at))
    expect([step, lookAt(pages, { step, sweeps: 60 })]).toEqual([step, 48])
  }
})

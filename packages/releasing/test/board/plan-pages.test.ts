import fc from 'fast-check'
import { expect, it } from 'vitest'
import { planPages } from '../../src/board/plan-pages.ts'
import { addressOf } from '../../src/model.ts'
import { manyCustomers } from './board-stage.ts'

const addresses = (count: number): readonly string[] => manyCustomers(count).map(addressOf)

it('what fits on the board needs no pages', () => {
  expect(planPages({ customers: addresses(12), steps: 20 })).toEqual([])
  expect(planPages({ customers: [], steps: 50 })).toEqual([])
  expect(planPages({ customers: addresses(1), steps: 200 })).toEqual([])
})

it('every customer stands on one page, in the order of all', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(200), (count, steps) => {
      const pages = planPages({ customers: addresses(count), steps })
      expect(pages.length).not.toBe(1)
      if (pages.length > 0) expect(pages.flat()).toEqual(addresses(count))
      expect(pages.every((page) => page.length > 0)).toBe(true)
    }),
  )
})

it('who joins later moves nobody from page to page', () => {
  const before = planPages({ customers: addresses(100), steps: 50 })
  const after = planPages({ customers: [...addresses(100), 'zz/late', 'zz/later'], steps: 50 })
  expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
  expect(after.flat().slice(0, 100)).toEqual(before.flat())
})

it('a template that gains a step keeps its pages within its tens', () => {
  expect(planPages({ customers: addresses(200), steps: 41 })).toEqual(planPages({ customers: addresses(200), steps: 50 }))
})

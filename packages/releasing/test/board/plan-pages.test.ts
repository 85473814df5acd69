import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pagesOf, planPages } from '../../src/board/plan-pages.ts'
import { addressOf } from '../../src/model.ts'
import { customerOf } from '../release-stage.ts'
import { activate, manyCustomers, manySteps, shown } from './board-stage.ts'

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

const change = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('sync' as const), count: fc.nat(90) }),
)

it('whoever joins and whatever the template gains or loses, nobody moves from page to page', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      fc.array(change, { maxLength: 6 }),
      (customers, steps, changes) => {
        const stage = activate({ customers: manyCustomers(customers), steps: manySteps(steps) })
        let before = pagesOf(shown(stage).release)
        for (const [at, { kind, count }] of changes.entries()) {
          if (kind === 'sync') stage.ask(undefined, { kind: 'sync-template', steps: manySteps(count) })
          else {
            stage.ask(undefined, {
              kind: 'add-customers',
              customers: Array.from({ length: count }, (_, nth) => customerOf(`us-${at}/late-${nth}`)),
            })
          }
          const after = pagesOf(shown(stage).release)
          // Those on the board itself go to pages together, when it is full.
          for (const [page, members] of before.entries()) expect(after[page]?.slice(0, members.length)).toEqual(members)
          if (kind === 'sync') expect(after).toEqual(before)
          before = after
        }
      },
    ),
    { numRuns: 60 },
  )
})

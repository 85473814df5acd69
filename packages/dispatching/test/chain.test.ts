import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extendChain, findChain, isAncestor, parseMarker, renderMarker, startedDocument } from '../src/index.ts'
import { RUN, SOURCE } from './world.ts'

const id = '0123456789abcdef'

describe('the marker', () => {
  it('reads back what was rendered, wherever it stands in a title', () => {
    const hex = fc.string({ unit: fc.constantFrom(...id), minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(
        hex,
        fc.nat(999),
        fc.constantFrom('', 'Deploy ', '('),
        fc.constantFrom('', ' to prod', ')'),
        (correlation_id, depth, before, after) => {
          expect(parseMarker(`${before}${renderMarker({ correlation_id, depth })}${after}`)).toEqual({ correlation_id, depth })
        },
      ),
    )
  })

  it.each([
    `sw:${id}`,
    `sw:${id}:`,
    `sw:${id}:01`,
    `sw:${id}:1000`,
    `sw:${id.toUpperCase()}:1`,
    `sw:${id}0:1`,
    `xsw:${id}:1`,
    `sw:${id}:1x`,
    `sw:${id}:1 sw:${id}:2`,
    '',
  ])('is not read from %j', (title) => {
    expect(parseMarker(title)).toBeUndefined()
  })
})

describe('the chain of a run', () => {
  const title = `Deploy ${renderMarker({ correlation_id: id, depth: 3 })}`

  it('is what the ledger remembers, else what a dispatched run’s title says, else a new one', () => {
    const remembered = { correlation_id: 'f'.repeat(16), depth: 2, ancestors: [{ repository_id: 9, workflow: 'w.yml' }] }
    const dispatched = { ...RUN, event: 'workflow_dispatch', displayTitle: title }
    expect(findChain(SOURCE, dispatched, remembered)).toBe(remembered)
    expect(findChain(SOURCE, dispatched, undefined)).toEqual({ correlation_id: id, depth: 3, ancestors: [] })
    expect(findChain(SOURCE, RUN, undefined)).toMatchObject({ depth: 0, ancestors: [] })
  })

  it('is not what a commit message claims', () => {
    expect(findChain(SOURCE, { ...RUN, displayTitle: title }, undefined).depth).toBe(0)
  })

  it('grows by the run itself', () => {
    const longer = extendChain(findChain(SOURCE, RUN, undefined), SOURCE, { ...RUN, path: '.github/workflows/ci.yml@refs/heads/main' })
    expect(longer).toMatchObject({ depth: 1, ancestors: [{ repository_id: 1, workflow: '.github/workflows/ci.yml' }] })
    expect(isAncestor(longer, { repository_id: 1, workflow: '.github/workflows/CI.yml' })).toBe(true)
    expect(isAncestor(longer, { repository_id: 2, workflow: '.github/workflows/ci.yml' })).toBe(false)
  })
})

it('a started run’s document is told from its ids alone', () => {
  expect(startedDocument(2, 77)).toMatch(/^started\/[0-9a-f]{2}\/repo-2~run-77$/)
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), ([a = 0, b = 0, c = 0, d = 0]) => {
      expect(startedDocument(a, b) === startedDocument(c, d)).toBe(a === c && b === d)
    }),
  )
})

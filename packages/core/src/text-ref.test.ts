import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutText, findTextRefs, toTextRef } from './text-ref.ts'

describe('texts beside events', () => {
  it('are put together again from their pieces, whatever characters they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.integer({ min: 1, max: 40_000 }), (unit, times) => {
        const text = unit.repeat(unit === '' ? 0 : Math.min(times, Math.ceil(300_000 / unit.length)))
        const pieces = cutText(text)
        expect(pieces.map(([, piece]) => piece).join('')).toBe(text)
        expect(pieces.every(([, piece]) => piece.isWellFormed() && new TextEncoder().encode(piece).length < 500_000)).toBe(true)
        expect(toTextRef(text).blobs).toEqual(pieces.map(([hash]) => hash))
      }),
      { numRuns: 40 },
    )
  })

  it('never lose half a character at a cut', () => {
    const text = `${'a'.repeat(119_999)}😀b`
    expect(cutText(text).map(([, piece]) => piece.length)).toEqual([119_999, 3])
  })

  it('refuse half a surrogate pair', () => {
    expect(() => toTextRef('\ud800')).toThrow(RangeError)
  })

  it('are found wherever a record names them, and nothing else is', () => {
    const ref = toTextRef('x')
    expect(findTextRefs({ a: [{ log: ref }], b: { blobs: ['no'], bytes: 1 }, c: 'blobs' })).toEqual(ref.blobs)
  })
})

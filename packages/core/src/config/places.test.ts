import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placesIn } from './places.ts'

it('every offset has the line and column that counting gives it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\u{1f600}') })
  fc.assert(
    fc.property(text, fc.nat(50), (given, at) => {
      const offset = Math.min(at, given.length)
      const above = given.slice(0, offset).split('\n')
      expect(placesIn(given, 'f')(offset)).toEqual({ file: 'f', line: above.length, column: (above.at(-1) ?? '').length + 1 })
    }),
  )
})

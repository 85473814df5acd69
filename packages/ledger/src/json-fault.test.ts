import fc from 'fast-check'
import { expect, it } from 'vitest'
import { locateJsonFault } from './json-fault.ts'

it.each([
  ['', 1, 1],
  ['{"a":1', 1, 7],
  ['{"a":1,}', 1, 8],
  ['{"a" 1}', 1, 6],
  ['{\n  "a": nope\n}', 2, 8],
  ['[1,]', 1, 4],
  ['[1 2]', 1, 4],
  ['{}x', 1, 3],
  ['"open', 1, 1],
  ['[01]', 1, 3],
])('%j stops being JSON at %i:%i', (text, line, column) => {
  expect(locateJsonFault(text)).toEqual({ line, column })
})

it('finds a fault before the end exactly where JSON.parse refuses the whole text', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', 'x', '"'), (json, at, noise) => {
      const text = json.slice(0, at % (json.length + 1)) + noise
      const { column } = locateJsonFault(text)
      let isValid = true
      try {
        JSON.parse(text)
      } catch {
        isValid = false
      }
      if (isValid) expect(column).toBe(text.length + 1)
      else if (column <= text.length) expect(() => JSON.parse(`${text.slice(0, column)}`) as unknown).toThrow()
    }),
  )
})

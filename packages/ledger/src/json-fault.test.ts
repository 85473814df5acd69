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

it('finds no fault before the end of a text that JSON.parse takes, and none behind what makes it refuse one', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', 'x', '"'), (json, at, noise) => {
      const text = json.slice(0, at % (json.length + 1)) + noise
      const { column } = locateJsonFault(text)
      const isAtEnd = column === text.length + 1
      expect(isJson(text) ? isAtEnd : isAtEnd || !isJson(text.slice(0, column))).toBe(true)
    }),
  )
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

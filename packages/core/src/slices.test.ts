import { expect, it } from 'vitest'
import { slicesOf, withoutBom } from './index.ts'

it.each([
  [[], 2, []],
  [[1, 2], 2, [[1, 2]]],
  [[1, 2, 3, 4, 5], 2, [[1, 2], [3, 4], [5]]],
])('%j in pieces of %d is %j', (items, size, pieces) => {
  expect(slicesOf(items, size)).toEqual(pieces)
})

it.each([
  ['\ufeffa\ufeff', 'a\ufeff'],
  ['\ufeff\ufeffa', '\ufeffa'],
  ['a', 'a'],
  ['', ''],
])('%j without its byte-order mark is %j', (text, plain) => {
  expect(withoutBom(text)).toBe(plain)
})

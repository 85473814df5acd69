import { expect, it } from 'vitest'
import { parseSelections } from '../../src/catalogue/index.ts'

const READ: readonly (readonly [string, object])[] = [
  ['', {}],
  ['\n \n', {}],
  ['auth: sessions', { auth: ['sessions'] }],
  ['auth: sessions\r\n  testing :  unit ,e2e \n', { auth: ['sessions'], testing: ['unit', 'e2e'] }],
  ['auth:', { auth: [] }],
  ['{}', {}],
  [' { "auth": ["sessions"], "testing": [] }', { auth: ['sessions'], testing: [] }],
]

it.each(READ)('%j is read', (text, selected) => {
  expect(parseSelections(text)).toEqual({ ok: true, selected })
})

const REFUSED: readonly (readonly [string, number, string, string])[] = [
  ['auth', 1, 'bad-selection', '"auth" names no category.'],
  ['auth: a\nauth: b', 2, 'bad-selection', '`auth` stands here twice.'],
  ['auth: a,,b', 1, 'bad-selection', '`auth` has an empty option.'],
  ['auth: a,', 1, 'bad-selection', '`auth` has an empty option.'],
  ['\nAuth: a', 2, 'bad-selection', '"Auth: a" names no category.'],
  ['__proto__: a', 1, 'bad-selection', '"__proto__: a" names no category.'],
  ['["auth"]', 1, 'bad-selection', '"[\\"auth\\"]" names no category.'],
  ['{ "auth": "a" }', 1, 'wrong-type', '`auth` must be a list.'],
  ['{ "auth": ["a"], "auth": [] }', 1, 'duplicate-key', 'This key stands here twice.'],
  ['{ "Auth": [] }', 1, 'bad-slug', '"Auth" is not a category’s slug.'],
  ['{ "__proto__": ["a"] }', 1, 'bad-selection', '"__proto__" names no category.'],
  ['{ "auth": [', 1, 'not-json', 'This is not JSON.'],
]

it.each(REFUSED)('%j is refused on line %i: %s, %s', (text, line, code, message) => {
  const parsed = parseSelections(text)
  expect(parsed.ok ? [] : parsed.faults.map((fault) => [fault.place?.line, fault.code, fault.message])).toEqual([[line, code, message]])
})

import { expect, it } from 'vitest'
import { findSlugFault } from '../../src/files.ts'

it.each(['2026-11', 'v1.10.0', 'a', 'hotfix-7', 'x'.repeat(64)])('%s is a slug', (slug) => {
  expect(findSlugFault(slug)).toBeUndefined()
})

it.each([
  ['', 'it is empty'],
  ['A', 'it holds capitals'],
  ['a b', 'it holds a space'],
  ['a\nb', 'it holds U+000A'],
  ['а', 'it holds `а` (U+0430)'],
  ['a/b', 'it holds `/` (U+002F)'],
  ['a~b', 'it holds `~` (U+007E)'],
  ['..', 'it holds `..`'],
  ['a..b', 'it holds `..`'],
  ['-a', 'it begins or ends with a dot or dash'],
  ['a.', 'it begins or ends with a dot or dash'],
  ['constructor', 'programs keep it for themselves'],
  ['x'.repeat(65), 'it is longer than 64 characters'],
])('%j is none: %s', (slug, fault) => {
  expect(findSlugFault(slug)).toBe(fault)
})

import { findSlugFault } from '@switchyard/releasing/files'
import { expect, it } from 'vitest'
import { isSlug } from './slug.ts'

it.each([
  'spring',
  '2026-11',
  'v1.10.2',
  'a',
  'a'.repeat(64),
  '',
  'A',
  '-a',
  'a-',
  '.a',
  'a.',
  'a..b',
  '../x',
  'a/b',
  'a~b',
  'a b',
  'a\n',
  'ä',
  'constructor',
  'a'.repeat(65),
])('%j is a slug as the file’s rules say', (text) => {
  expect(isSlug(text)).toBe(findSlugFault(text) === undefined)
})

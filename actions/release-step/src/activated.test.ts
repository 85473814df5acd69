import { parseComment } from '@switchyard/commands'
import { expect, it } from 'vitest'
import { findActivated } from './activated.ts'
import { FAMILIES } from './families.ts'

const activatedBy = (body: string) => findActivated(parseComment(body, FAMILIES))

it('the words of a command may be in capitals, a slug may not', () => {
  expect(activatedBy('/Release Activate spring')).toBe('spring')
  expect(activatedBy('/release activate Spring')).toBeUndefined()
})

it.each([
  ['```\n/release activate ghost\n```\n/release activate spring', 'spring'],
  ['> /release activate ghost\n\n/release list\n/release activate spring eu-1/acme', 'spring'],
  ['<!--\n/release activate ghost\n-->\n/release progress', undefined],
  ['/release activate', undefined],
])('%j begins %s: what is no command names no release', (body, slug) => {
  expect(activatedBy(body)).toBe(slug)
})

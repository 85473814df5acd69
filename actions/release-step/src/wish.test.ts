import { parseComment } from '@switchyard/commands'
import { expect, it } from 'vitest'
import { FAMILIES } from './command-list.ts'
import { findActivated, findWish } from './wish.ts'

const inputs = { mode: 'auto', issue: undefined, release: undefined } as const

const wishOf = (body: string) =>
  findWish({ eventName: 'issue_comment', payload: { action: 'created', issue: { number: 3, body: '' }, comment: { body } } }, inputs)

it.each(['/step done a b', '/Step Done a b', ' /RELEASE progress', 'Done:\n/Help'])(
  '%j wakes the run, however a keyboard wrote it',
  (body) => {
    expect(wishOf(body)).toMatchObject({ kind: 'converse', issue: 3 })
  },
)

it.each(['see /step', '/stepping', 'done', '```\n/step done a b\n```', '> /release activate spring', '<!-- /help -->'])(
  '%j costs nothing',
  (body) => {
    expect(wishOf(body)).toMatchObject({ kind: 'nothing' })
  },
)

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

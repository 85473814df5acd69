import { expect, test } from 'vitest'
import { fitAnswer } from './fit-answer.ts'

const section = (letter: string, length: number, command?: string) => ({ text: letter.repeat(length), command })

test('an answer that fits is whole', () => {
  expect(fitAnswer([section('a', 3), section('b', 3, 'step show')])).toBe('aaa\n\nbbb')
})

test('one part alone may be as long as an answer', () => {
  expect(fitAnswer([section('a', 10_000)], 10_000)).toHaveLength(10_000)
})

test.each([
  [
    'the last',
    [section('a', 10), section('b', 3_000, 'release status'), section('c', 8_000, 'step show')],
    'ab',
    'Left out: `/step show`.',
  ],
  ['the first', [section('a', 9_000), section('b', 3_000, 'release status')], 'b', 'Left out: what changed.'],
  ['several', [section('a', 10), ...Array.from({ length: 3 }, () => section('b', 9_000, 'step show'))], 'a', 'Left out: 3 × `/step show`.'],
])('what does not fit is left out whole, and named: %s', (_, sections, kept, note) => {
  const text = fitAnswer(sections, 10_000)
  expect(text.length).toBeLessThanOrEqual(10_000)
  expect([...new Set(text.split('The whole')[0]?.replaceAll('\n', ''))].join('')).toBe(kept)
  expect(text).toContain(note)
})

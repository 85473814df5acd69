import { expect, test } from 'vitest'
import { MAX_REPLY } from '@switchyard/commands'
import { fitAnswer } from './fit-answer.ts'

const part = (letter: string, length: number): string => letter.repeat(length)

test('what fits stands whole, up to the last character', () => {
  expect(fitAnswer(['a', 'b'])).toBe('a\n\nb')
  expect(fitAnswer([part('a', MAX_REPLY)])).toBe(part('a', MAX_REPLY))
})

test('what does not fit is left out whole, and counted; what is short stays', () => {
  const most = part('a', MAX_REPLY - 300)
  const text = fitAnswer([most, part('b', 301), 'c', part('d', 2_000)])
  expect(text).toBe(
    `${most}\n\nc\n\n2 answers are left out: all together are longer than a comment can be. Ask for less at once to see them.`,
  )
  expect(text.length).toBeLessThanOrEqual(MAX_REPLY)
})

test('one that is too long by itself is only named', () => {
  expect(fitAnswer([part('a', MAX_REPLY + 1)])).toMatch(/^One answer is left out/)
})

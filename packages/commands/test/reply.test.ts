import { expect, it, test } from 'vitest'
import { findAnswered, fitReply, MAX_REPLY, renderReply, renderShortAnswer } from '../src/index.ts'

const comment = { id: 7, body: '/help', author: { login: 'ada', type: 'User' }, createdAt: '2026-01-01T00:00:00Z', lastEditedAt: undefined }

it('a reply calls its author, and is found again as the answer', () => {
  const body = renderReply('release', comment, 'Done.')
  expect(body).toMatch(/\n@ada\n\nDone\.\n$/)
  expect(findAnswered('release', [{ body, isOurs: true }])).toEqual(new Set([7]))
})

it.each([
  [true, 'Nothing was done'],
  [false, 'It was carried out'],
])('an answer that GitHub refused is told in short, with the run: %s', (isNothing, said) => {
  expect(renderShortAnswer({ isNothing, runUrl: 'https://github.example/run' })).toBe(
    `${said}; GitHub refused the whole answer. [This run](https://github.example/run) shows it.`,
  )
})

const fit = (lengths: readonly number[], max?: number) =>
  fitReply(
    lengths.map((length, at) => ({ text: `${at}`.repeat(length) })),
    { max, reserved: 10, noteOf: (missing) => `without ${missing.map(({ text }) => text[0]).join()}` },
  )

test('what fits is whole, up to the last character', () => {
  expect(fit([1, 2])).toBe('0\n\n11')
  expect(fit([MAX_REPLY])).toHaveLength(MAX_REPLY)
})

test('what does not fit is left out whole and named, whatever comes behind it', () => {
  expect(fit([60, 40, 20, 60], 100)).toBe(`${'0'.repeat(60)}\n\n${'2'.repeat(20)}\n\nwithout 1,3`)
  expect(fit([MAX_REPLY + 1])).toBe('without 0')
})

test('the note has its place kept', () => {
  expect(fit([88, 20], 100).length).toBeLessThanOrEqual(101)
  expect(fit([89, 20], 100)).toBe('11111111111111111111\n\nwithout 0')
})

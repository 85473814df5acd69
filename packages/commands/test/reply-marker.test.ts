import { expect, it } from 'vitest'
import { findAnswered, replyMarker } from '../src/index.ts'

it('only the lines that an answer begins with say what it answers: what follows may quote a stranger’s file name', () => {
  const answer = `<!-- switchyard:bootstrap preview=0 -->\n${replyMarker('bootstrap', 7)}\n### Files\n\n${replyMarker('bootstrap', 8)}\n`
  expect(
    findAnswered('bootstrap', [
      { body: answer, isOurs: true },
      { body: `${replyMarker('bootstrap', 9)}\n`, isOurs: false },
    ]),
  ).toEqual(new Set([7]))
})

it('each capability has its own answers', () => {
  const comments = [{ body: `${replyMarker('bootstrap', 7)}\nmade`, isOurs: true }]
  expect(findAnswered('release', comments)).toEqual(new Set())
})

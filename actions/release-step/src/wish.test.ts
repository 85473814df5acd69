import { expect, it } from 'vitest'
import { findWish } from './wish.ts'

const inputs = { mode: 'auto', issue: undefined, release: undefined } as const

const wishOf = (body: string) =>
  findWish({ eventName: 'issue_comment', payload: { action: 'created', issue: { number: 3, body: '' }, comment: { body } } }, inputs)

it.each(['/step done a b', '/Step Done a b', ' /RELEASE progress', 'Done:\n/Help'])(
  '%j wakes the run, however a keyboard wrote it',
  (body) => {
    expect(wishOf(body)).toMatchObject({ kind: 'converse', issue: 3 })
  },
)

it.each(['see /step', '/stepping', 'done', '/step-b', '/step.md is here', '/release/1.2', '/help-wanted', '```\n/step done a b\n```'])(
  '%j costs nothing',
  (body) => {
    expect(wishOf(body)).toMatchObject({ kind: 'nothing' })
  },
)

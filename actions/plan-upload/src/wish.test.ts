import { expect, it } from 'vitest'
import { findWish } from './wish.ts'

const given = { mode: 'auto', idea: undefined, pullRequest: undefined } as const

const wishOf = (body: string) =>
  findWish({ eventName: 'issue_comment', payload: { action: 'created', issue: { number: 3, body: '' }, comment: { id: 9, body } } }, given)

it.each(['/plan status', ' /PLAN status', 'Well:\n\n/Help', '/plan\tshow', '/plan', '```\n/plan show\n```\n/plan status', '/paln status'])(
  '%j wakes the run, however a keyboard wrote it',
  (body) => {
    expect(wishOf(body)).toEqual({ kind: 'converse', issue: 3, comment: 9 })
  },
)

it.each([
  'see /plan',
  '/planning',
  '/plan-b is better',
  '/plan.md is here',
  '/plan/foo',
  '/help-wanted',
  '```\n/plan status\n```',
  '> /plan status',
  '- /plan status',
  '<!-- switchyard:plan reply=4 -->\n/plan status',
])('%j costs nothing', (body) => {
  expect(wishOf(body)).toMatchObject({ kind: 'nothing' })
})

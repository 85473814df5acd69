import { describe, expect, it } from 'vitest'
import { findEventIssue } from './event-issue.ts'

const ISSUE = { number: 7, body: 'Text', user: { login: 'ada' }, updated_at: '2026-03-01T00:00:00Z' }

describe('the event’s issue', () => {
  it('is told with what it says', () => {
    const told = { number: 7, body: 'Text', author: 'ada', updatedAt: Date.UTC(2026, 2, 1) }
    expect(findEventIssue({ payload: { issue: ISSUE } })).toEqual(told)
  })

  it.each([
    { body: null, user: null, updated_at: null },
    { body: 1, user: 'ada', updated_at: 'yesterday' },
    { body: undefined, user: { login: 1 }, updated_at: undefined },
  ])('is known by its number where the rest is %j', (rest) => {
    const told = { number: 7, body: '', author: undefined, updatedAt: undefined }
    expect(findEventIssue({ payload: { issue: { ...ISSUE, ...rest } } })).toEqual(told)
  })

  it.each([undefined, null, 'text', {}, { issue: null }, { issue: { ...ISSUE, number: '7' } }, { issue: { ...ISSUE, pull_request: {} } }])(
    'is not there in %j',
    (payload) => {
      expect(findEventIssue({ payload })).toBeUndefined()
    },
  )
})

import { expect, it } from 'vitest'
import { toActor } from './context.ts'

it.each([
  ['issue_comment', 'user'],
  ['workflow_dispatch', 'user'],
  ['schedule', 'schedule'],
])('for the ledger, %s is asked for by whoever started this attempt, as %s', (eventName, kind) => {
  expect(toActor({ eventName, triggeringActor: 'ada' })).toEqual({ login: 'ada', kind })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeDue } from '../src/lib/loans/due.ts'
import { giveBack, lend } from '../src/lib/loans/loan.ts'

const drill = { id: 'drill', name: 'Drill', place: 'Cupboard' }
const at = new Date('2026-02-20T23:30:00Z')

test('a loan is due so many days after the day it began', () => {
  assert.deepEqual(lend(drill, { borrower: 'design', at, days: 14 })?.loan, { borrower: 'design', dueOn: '2026-03-06' })
})

test('what somebody has cannot be lent again until it is back', () => {
  const lent = lend(drill, { borrower: 'design', at, days: 14 })
  assert.ok(lent)
  assert.equal(lend(lent, { borrower: 'sales', at, days: 14 }), undefined)
  assert.deepEqual(giveBack(lent), drill)
})

test('a loan says how long it has', () => {
  const loan = { borrower: 'design', dueOn: '2026-02-21' }
  assert.equal(describeDue(loan, at), 'due in 1 day')
  assert.equal(describeDue(loan, new Date('2026-02-21T01:00:00Z')), 'due today')
  assert.equal(describeDue(loan, new Date('2026-02-23T01:00:00Z')), '2 days late')
})

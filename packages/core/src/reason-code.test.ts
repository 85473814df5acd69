import { expect, it } from 'vitest'
import { findReasonCode, type ReasonCodeOf, toReasonCode } from './reason-code.ts'

it('is a code in the letters of an output', () => {
  const reason: ReasonCodeOf<'LEDGER_TOO_LARGE'> = 'ledger-too-large'
  expect(toReasonCode('LEDGER_TOO_LARGE')).toBe(reason)
})

it.each([
  ['NOT_YOURS', 'not-yours'],
  ['WHATEVER', undefined],
  ['CONSTRUCTOR', undefined],
  ['__PROTO__', undefined],
])('%s stands for %s', (code, reason) => {
  expect(findReasonCode({ 'not-yours': 'Another’s.', shown: 'Shown.' }, code)).toBe(reason)
})

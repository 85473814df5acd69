import { toReasonCode } from '@switchyard/core'
import { expect, it } from 'vitest'
import { LEDGER_CODES } from './errors.ts'
import { LEDGER_REASONS } from './reasons.ts'

it('says of every error of the ledger what it means, and of nothing else', () => {
  expect(Object.keys(LEDGER_REASONS)).toEqual(LEDGER_CODES.map(toReasonCode))
})

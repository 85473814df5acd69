import { toReasonCode } from '@switchyard/core'
import { LEDGER_CODES } from '@switchyard/ledger'
import { expect, it } from 'vitest'
import { spec } from './inputs.ts'

it.each(LEDGER_CODES)('%s ends with a reason code of its own', (code) => {
  expect(Object.keys(spec.reasonCodes)).toContain(toReasonCode(code))
})

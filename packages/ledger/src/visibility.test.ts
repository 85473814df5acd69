import { expect, it } from 'vitest'
import { refusePublicLedger } from './visibility.ts'

const question = {
  place: { repository: 'acme/shop', branch: 'b' },
  isLedgerPublic: true,
  privateTargets: ['acme/secret'],
  isAllowed: false,
}

it('refuses a public ledger about private repositories without naming them', () => {
  expect(() => refusePublicLedger(question)).toThrowError(
    expect.objectContaining({ code: 'LEDGER_PUBLIC', message: expect.not.stringContaining('secret') as string }) as Error,
  )
})

it.each([{ isLedgerPublic: false }, { privateTargets: [] }, { isAllowed: true }])('lets %j pass', (different) => {
  expect(() => refusePublicLedger({ ...question, ...different })).not.toThrow()
})

import { expect, it } from 'vitest'
import { faultsError } from './faults-error.ts'

const place = { file: 'plan.yml', line: 2, column: 1 }
const first = { code: 'a', message: 'The first.', place, hint: 'Mend it.', severity: 'error' } as const
const bare = { code: 'b', message: 'Another.', severity: 'error' } as const

it('tells the first fault, stands where that one is, and carries all', () => {
  const error = faultsError('PLAN_INVALID', 'plan.yml has faults', [first, bare])
  expect(error).toMatchObject({ code: 'PLAN_INVALID', message: 'plan.yml has faults: The first.', hint: 'Mend it.', place })
  expect(error.faults).toEqual([first, bare])
})

it('has neither place nor hint where the first fault has none', () => {
  expect(faultsError('PLAN_INVALID', 'plan.yml has faults', [bare, first])).toMatchObject({ place: undefined, hint: undefined })
})

import { expect, it } from 'vitest'
import { parsePlan } from '../../src/plans.ts'
import { MALFORMED_PLANS } from './malformed-plans.ts'
import { MALFORMED } from './malformed-table.ts'

it('has an answer to every plan', () => {
  expect(Object.keys(MALFORMED)).toEqual(Object.keys(MALFORMED_PLANS))
})

it.each(Object.entries(MALFORMED_PLANS))('%s is refused with every fault at its place', (name, text) => {
  const parsed = parsePlan(text, { file: 'p.md' })
  const faults = parsed.ok ? [] : parsed.faults
  expect(faults.map(({ place, code, message }) => [place?.line, place?.column, code, message])).toEqual(MALFORMED[name])
  expect(faults.some(({ severity }) => severity === 'error')).toBe(true)
  expect(faults.every(({ place, hint }) => place?.file === 'p.md' && hint !== undefined && hint !== '')).toBe(true)
})

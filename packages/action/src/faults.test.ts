import { expect, it } from 'vitest'
import { annotateFault, toFaultResult } from './faults.ts'

const place = { file: 'plan.md', line: 3, column: 1 }

it.each([
  [
    { code: 'a', message: 'It is twice.', severity: 'error', place, hint: 'Name it.' } as const,
    { level: 'error', message: 'It is twice. Name it.', ...place },
  ],
  [{ code: 'a', message: 'It is long.', severity: 'warning' } as const, { level: 'warning', message: 'It is long.' }],
])('a fault stands on its line, with what to do', (fault, annotation) => {
  expect(annotateFault(fault)).toEqual(annotation)
})

it.each([
  [place, { file: 'plan.md', line: 3, column: 1 }],
  [undefined, { file: null, line: null, column: null }],
])('the result tells a fault with its place, if it has one: %j', (at, told) => {
  const fault = { code: 'a', message: 'It is twice.', severity: 'error' } as const
  expect(toFaultResult({ ...fault, hint: 'Name it.', ...(at && { place: at }) })).toEqual({ ...fault, ...told })
})

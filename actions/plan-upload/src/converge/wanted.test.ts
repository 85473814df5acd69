import { expect, test } from 'vitest'
import { PLAN } from '../lab-plans.test-support.ts'
import { readWanted } from './wanted.ts'

test('a saved plan that today’s rules refuse is told with its first fault, its line, and what to do', () => {
  const faulty = PLAN.replace('### Task: Do north 1', '### Task:')
  const refuse = (): unknown => readWanted(faulty, { allowMentions: false })
  expect(refuse).toThrow(expect.objectContaining({ code: 'PLAN_FAULTY', place: expect.objectContaining({ file: 'plan', line: 7 }) }))
  expect(refuse).toThrow(/has faults by today’s rules, and is to be mended and uploaded again: /)
})

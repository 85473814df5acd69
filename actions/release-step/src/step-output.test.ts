import { expect, test } from 'vitest'
import { createStepOutput } from './step-output.ts'

function say(lines: readonly string[], sizes: { readonly head: number; readonly tail: number }): readonly string[] {
  const written: string[] = []
  const output = createStepOutput((line) => written.push(line), sizes)
  for (const line of lines) output.add(line)
  output.end()
  return written
}
const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => String(at % 10))

test('what fits is passed on as it comes', () => {
  const written: string[] = []
  const output = createStepOutput((line) => written.push(line), { head: 8, tail: 4 })
  for (const line of ['a', '', 'b']) output.add(line)
  expect(written).toEqual(['a', '', 'b'])
  output.end()
  expect(written).toEqual(['a', '', 'b'])
})

test('of more, the beginning and the end are kept, and how much was between is said', () => {
  expect(say(numbers(100), { head: 6, tail: 4 })).toEqual(['0', '1', '2', '… 95 lines were left out …', '8', '9'])
})

test('nothing is left out of what fits into both, and its order stays', () => {
  expect(say(numbers(5), { head: 6, tail: 4 })).toEqual(['0', '1', '2', '3', '4'])
  expect(say(['a', 'longer', 'b'], { head: 6, tail: 20 })).toEqual(['a', 'longer', 'b'])
})

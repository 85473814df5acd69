import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findReordered } from '../../src/tree/places.ts'
import { decidePlaces, type PlanIssue } from '../../src/tree.ts'

const list = (text: string): readonly string[] => [...text]

/** What comes of the steps on a list. */
function place(input: { readonly wanted: string; readonly standing: string; readonly loose: string }): string {
  const order = [...input.standing]
  for (const step of decidePlaces({ wanted: list(input.wanted), standing: list(input.standing), loose: new Set(input.loose) })) {
    order.splice(order.indexOf(step.key), 1)
    order.splice('after' in step ? order.indexOf(step.after) + 1 : order.indexOf(step.before), 0, step.key)
  }
  return order.join('')
}
const steps = (wanted: string, standing: string, loose: string): number =>
  decidePlaces({ wanted: list(wanted), standing: list(standing), loose: new Set(loose) }).length

test('what stands in the plan’s order needs no step, whatever stands between', () => {
  expect(steps('abcd', 'abcd', 'abcd')).toBe(0)
  expect(steps('abcd', '1a2bc3d', 'bd')).toBe(0)
  expect(steps('abcd', 'bd', 'b')).toBe(0)
})

test('one that came to the end, and belongs into the middle or to the beginning, is one step', () => {
  expect(steps('abcdefgh', 'abdefghc', 'abcdefgh')).toBe(1)
  expect(place({ wanted: 'abcdefgh', standing: 'abdefghc', loose: 'abcdefgh' })).toBe('abcdefgh')
  expect(place({ wanted: 'abc', standing: '1bc2a', loose: 'a' })).toBe('1abc2')
})

test('what people arranged otherwise stays as they did', () => {
  expect(place({ wanted: 'abcd', standing: 'dca', loose: '' })).toBe('dca')
  expect(place({ wanted: 'abxcd', standing: 'cdxab', loose: 'x' })).toBe('cdabx')
  expect(place({ wanted: 'xy', standing: 'y9x', loose: 'x' })).toBe('xy9')
})

test('loose ones end in the plan’s order, and all others in their own', () => {
  const shuffled = fc.shuffledSubarray([...'abcdefghij'], { minLength: 1 })
  fc.assert(
    fc.property(shuffled, fc.subarray([...'abcdefghij']), (standing, loose) => {
      const wanted = 'abcdefghij'
      const after = place({ wanted, standing: standing.join(''), loose: loose.join('') })
      expect([...after].sort()).toEqual([...standing].sort())
      const fixed = standing.filter((key) => !loose.includes(key))
      expect([...after].filter((key) => fixed.includes(key))).toEqual(fixed)
      const isArranged = fixed.every((key, at) => at === 0 || key > (fixed[at - 1] ?? ''))
      if (isArranged) expect(after).toBe([...standing].sort().join(''))
      expect(steps(wanted, after, isArranged ? loose.join('') : '')).toBe(0)
    }),
  )
})

test('of a changed order the fewest that explain it are told, each with whom it follows', () => {
  const issues = (keys: string): readonly PlanIssue[] =>
    list(keys).map((key) => ({ key, parent: 'p', level: 'task', title: key, section: '', dependsOn: [], hasOwnId: true }))
  const told = (wanted: string, before: string) => findReordered(issues(wanted), list(before)).map(({ issue, after }) => [issue.key, after])
  expect(told('abcde', 'abcde')).toEqual([])
  expect(told('aebcd', 'abcde')).toEqual([['e', 'a']])
  expect(told('eabcd', 'abcde')).toEqual([['e', undefined]])
  // What is new or gone is no change of order.
  expect(told('axbyd', 'abcd')).toEqual([])
})

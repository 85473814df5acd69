import { expect, test } from 'vitest'
import { confirmable, isConfirmed, type TreeDifference } from '../../src/index.ts'

const NONE: TreeDifference = { changes: [], conflicts: [], unsure: [], left: [], hash: '0123456789ab' }
const SOME: TreeDifference = { ...NONE, changes: [{ kind: 'drop', key: 'a', number: 2, title: 'A' }], hash: 'ba9876543210' }

test.each([
  ['nothing', NONE, 'x', { isEmpty: true, isOtherPlan: false }],
  ['another plan with the same issues', NONE, 'y', { isEmpty: false, isOtherPlan: true }],
  ['other issues of the same plan', SOME, 'x', { isEmpty: false, isOtherPlan: false }],
  ['both', SOME, 'y', { isEmpty: false, isOtherPlan: true }],
])('%s', (_, difference, to, expected) => {
  expect(confirmable(difference, { from: 'x', to })).toMatchObject(expected)
})

test('the hash names the changes, the plan before and the plan after', () => {
  const all = [NONE, SOME].flatMap((difference) =>
    [
      ['x', 'x'],
      ['x', 'y'],
      ['y', 'x'],
    ].map(([from = '', to = '']) => confirmable(difference, { from, to }).hash),
  )
  expect(new Set(all).size).toBe(6)
  expect(all.every((hash) => /^[0-9a-f]{12}$/.test(hash))).toBe(true)
})

test('whoever names that very hash has confirmed it, in capitals, too', () => {
  const difference = confirmable(SOME, { from: 'x', to: 'y' })
  const said = [difference.hash, difference.hash.toUpperCase(), difference.hash.slice(0, 11), '', undefined]
  expect(said.map((confirm) => isConfirmed(difference, confirm))).toEqual([true, true, false, false, false])
})

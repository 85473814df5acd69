import { describe, expect, it } from 'vitest'
import { type CatchUp, decideCatchUp, type LiveItem } from '../../src/tree/catch-up.ts'

/** An epic 1, its story 2 with the tasks 4 and 5, and its story 3 with the task 6; all open but what is said. */
function itemsOf(changed: Readonly<Record<number, Partial<LiveItem>>> = {}): readonly LiveItem[] {
  const parents = new Map([
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 2],
    [6, 3],
  ])
  return [1, 2, 3, 4, 5, 6].map((number) => ({
    number,
    isOpen: true,
    stateReason: undefined,
    parent: parents.get(number),
    ...changed[number],
  }))
}
const closed = { isOpen: false, stateReason: 'COMPLETED' } as const
const again = { isOpen: true, stateReason: 'REOPENED' } as const
const knows =
  (...numbers: readonly number[]) =>
  (number: number): boolean =>
    numbers.includes(number)

describe('what has to be caught up with', () => {
  it.each<[string, readonly LiveItem[], readonly number[], readonly CatchUp[]]>([
    ['is nothing where all is as known', itemsOf({ 4: closed }), [4], []],
    ['is an issue that was closed unheard', itemsOf({ 4: closed }), [], [{ number: 4, isNews: true, behind: 4 }]],
    ['is an issue that was opened unheard', itemsOf({ 4: again }), [4], [{ number: 4, isNews: true, behind: 4 }]],
    [
      'is a parent that counts as closed, was not, and has nothing open below it',
      itemsOf({ 6: closed }),
      [3, 6],
      [{ number: 6, isNews: false, behind: 3 }],
    ],
    [
      'is a parent that counts as closed and was opened by hand, with open children',
      itemsOf({ 2: again, 4: closed }),
      [2, 4],
      [{ number: 2, isNews: true, behind: 2 }],
    ],
    [
      'is a parent that counts as open, was not opened, and has a child that was',
      itemsOf({ 3: closed, 6: again }),
      [],
      [{ number: 6, isNews: false, behind: 3 }],
    ],
    [
      'is a parent that somebody closed over its open children: it stays closed',
      itemsOf({ 2: { ...closed } }),
      [],
      [{ number: 2, isNews: true, behind: 2 }],
    ],
    [
      'is a parent with nothing open below it that nobody has moved yet',
      itemsOf({ 6: closed }),
      [6],
      [{ number: 6, isNews: false, behind: undefined }],
    ],
    ['is not a parent that somebody opened again by hand', itemsOf({ 6: closed, 3: again }), [6], []],
    [
      'begins with the deepest',
      itemsOf({ 1: closed, 2: closed, 4: closed }),
      [],
      [
        { number: 4, isNews: true, behind: 4 },
        { number: 2, isNews: true, behind: 2 },
        { number: 1, isNews: true, behind: 1 },
      ],
    ],
  ])('%s', (_, items, known, expected) => {
    expect(decideCatchUp(items, knows(...known))).toEqual(expected)
  })

  it('is found also where people put issues in a circle', () => {
    expect(decideCatchUp(itemsOf({ 1: { parent: 4 }, 5: closed }), knows())).toEqual([{ number: 5, isNews: true, behind: 5 }])
  })
})

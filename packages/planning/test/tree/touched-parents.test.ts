import { expect, it } from 'vitest'
import type { AppliedIssue, SeenIssue } from '../../src/tree/model.ts'
import { findTouchedParents } from '../../src/tree/touched-parents.ts'

const item = (key: string, number: number, change: Partial<AppliedIssue> = {}): AppliedIssue => ({
  key,
  parent: undefined,
  level: 'task',
  number,
  title: key,
  sha256: '',
  dependsOn: [],
  hasOwnId: true,
  isDropped: false,
  ...change,
})
const seenOf = (items: readonly AppliedIssue[], closed: readonly number[] = []): readonly SeenIssue[] =>
  items.map(({ number, title }) => ({
    number,
    title,
    nodeId: `I${number}`,
    body: '',
    url: '',
    parent: undefined,
    isOpen: !closed.includes(number),
  }))
const TREE = [item('epic', 1), item('story', 2, { parent: 'epic' }), item('a', 3, { parent: 'story' }), item('b', 4, { parent: 'story' })]
const change = (key: string, to: Partial<AppliedIssue>) => TREE.map((one) => (one.key === key ? { ...one, ...to } : one))
const made = [...TREE, item('c', 5, { parent: 'story' })]

it.each<[string, Parameters<typeof findTouchedParents>[0], unknown]>([
  ['of nothing changed, nothing', { before: TREE, after: TREE, seen: seenOf(TREE, [1, 2, 3, 4]) }, []],
  ['of one dropped beside an open one, nothing', { before: TREE, after: change('a', { isDropped: true }), seen: seenOf(TREE) }, []],
  [
    'of the last open one dropped, a closed one',
    { before: TREE, after: change('a', { isDropped: true }), seen: seenOf(TREE, [4]) },
    [{ number: 4, isOpen: false }],
  ],
  ['of one made below an open parent, nothing', { before: TREE, after: made, seen: seenOf(TREE) }, []],
  [
    'of one made below a closed parent, that one',
    { before: TREE, after: made, seen: seenOf(TREE, [1, 2, 3, 4]) },
    [{ number: 5, isOpen: true }],
  ],
  [
    'of one in the plan again below a closed parent, that one',
    { before: change('a', { isDropped: true }), after: TREE, seen: seenOf(TREE, [1, 2, 3, 4]) },
    [{ number: 3, isOpen: true }],
  ],
  ['of what is made with its parent, nothing', { before: [], after: TREE, seen: [] }, []],
  ['of one renamed, nothing', { before: TREE, after: change('a', { key: 'other' }), seen: seenOf(TREE, [1, 2]) }, []],
])('%s', (_, input, expected) => {
  expect(findTouchedParents(input)).toEqual(expected)
})

it('of the last open one moved away, a closed one that stays; and what it came below', () => {
  const tree = [...TREE, item('other', 6, { parent: 'epic' }), item('d', 7, { parent: 'other' })]
  const after = tree.map((one) => (one.key === 'a' ? { ...one, parent: 'other' } : one))
  expect(findTouchedParents({ before: tree, after, seen: seenOf(tree, [4, 6, 7]) })).toEqual([
    { number: 4, isOpen: false },
    { number: 3, isOpen: true },
  ])
})

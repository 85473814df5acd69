import { expect, test } from 'vitest'
import { familiesOf, type TreeChange } from '../../src/tree.ts'
import { issuesOf } from './a-plan.ts'

const issues = issuesOf({ stories: ['a', 'b', 'c'] })
const make = (key: string): Extract<TreeChange, { kind: 'create' }> => {
  const issue = issues.find((each) => each.key === key)
  if (issue === undefined) throw new Error(`The plan has no “${key}”`)
  return { kind: 'create', issue }
}
const move = (key: string, to: string | undefined): TreeChange => ({ kind: 'move', key, number: 0, from: undefined, to })
const NUMBERS: Readonly<Record<string, number>> = { epic: 1, a: 2, b: 3, c: 4 }

interface Case {
  readonly done?: readonly TreeChange[]
  readonly changes?: readonly TreeChange[]
  /** Keys of the issues that the ledger did not know, and that stood under their parents. */
  readonly found?: readonly string[]
  readonly there?: readonly string[]
}

/** Of each family the keys that are the plan's to place, and whether it needs a look. */
function familiesAfter({ done = [], changes = done, found = [], there = Object.keys(NUMBERS) }: Case): readonly string[] {
  const known = Object.keys(NUMBERS).filter((key) => !found.includes(key))
  const families = familiesOf({
    issues,
    there: new Map(there.map((key) => [key, { number: NUMBERS[key] ?? 0 }])),
    applied: known.map((key) => ({
      key,
      parent: undefined,
      level: 'story',
      number: NUMBERS[key] ?? 0,
      title: key,
      sha256: '',
      dependsOn: [],
      hasOwnId: true,
      isDropped: false,
    })),
    seen: found.map((key) => ({
      number: NUMBERS[key] ?? 0,
      nodeId: key,
      title: key,
      body: '',
      isOpen: true,
      parent: 1,
      url: '',
    })),
    changes,
    done,
  })
  return families.map(({ parent, loose, isDoubtful }) => `${parent}: ${[...loose].toSorted().join('')}${isDoubtful ? '?' : ''}`)
}

test.each<readonly [string, Case, readonly string[]]>([
  ['where nothing was put anywhere there is no place to say', {}, []],
  ['all made in order need no look', { done: [make('a'), make('b'), make('c')] }, ['epic: abc']],
  ['nor does the last one, made behind the others', { done: [make('c')] }, ['epic: c']],
  ['one that was made behind those that it comes before does', { done: [make('a')] }, ['epic: a?']],
  ['so does one that was made too early among the new ones', { done: [make('b'), make('a'), make('c')] }, ['epic: abc?']],
  ['what is moved comes to the end, too', { done: [move('b', 'epic')] }, ['epic: b?']],
  ['what is moved out of the tree stands nowhere', { done: [move('b', undefined)] }, []],
  ['the epic stands under none', { done: [make('epic')] }, []],
  ['what the plan reordered needs a look', { changes: [{ kind: 'place', key: 'c', number: 4, after: 'b' }] }, ['epic: c?']],
  [
    'what is opened again may stand anywhere',
    { changes: [{ kind: 'revive', issue: make('b').issue, number: 3, parts: [] }] },
    ['epic: b?'],
  ],
  ['so may what a run that died made', { found: ['c'] }, ['epic: c?']],
  ['those whose parent is not there yet have no place', { done: [make('a')], there: ['a', 'b', 'c'] }, []],
])('%s', (_, given, expected) => {
  expect(familiesAfter(given)).toEqual(expected)
})

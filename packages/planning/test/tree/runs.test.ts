import { expect, test } from 'vitest'
import { runsOf, type TreeChange } from '../../src/tree.ts'
import { issuesOf } from './a-plan.ts'

const [epic, one, two] = issuesOf({ stories: ['one', 'two'] })
if (epic === undefined || one === undefined || two === undefined) throw new Error('The plan has three issues')
const [makeOne, makeTwo] = [one, two].map((issue): TreeChange => ({ kind: 'create', issue }))
if (makeOne === undefined || makeTwo === undefined) throw new Error('Both are made')
const move = (key: string, from: string | undefined, to: string | undefined): TreeChange => ({ kind: 'move', key, number: 9, from, to })
const drop: TreeChange = { kind: 'drop', key: 'old', number: 8, title: 'Old' }
const link: TreeChange = { kind: 'link', key: 'one', blocker: 'two' }
const place: TreeChange = { kind: 'place', key: 'one', number: 3, after: 'two' }

/** A run as one word: `+` and the keys that it makes, or the kinds of what it changes. */
const runs = (changes: readonly TreeChange[], there: readonly string[] = ['epic']): readonly string[] =>
  runsOf(changes, new Set(there)).map((run) =>
    run.kind === 'create' ? `+${run.issues.map(({ key }) => key).join(',')}` : run.changes.map(({ kind }) => kind).join(','),
  )

test.each<readonly [string, readonly TreeChange[], readonly string[]]>([
  ['nothing is nothing', [], []],
  ['what is alike and adjacent goes together', [makeOne, makeTwo, drop], ['+one,two', 'drop']],
  ['what makes room for a new one stays before it', [makeOne, move('x', 'epic', 'one'), makeTwo], ['+one', 'move', '+two']],
  ['links and places wait for the end', [link, makeOne, place, makeTwo], ['+one,two']],
  ['what an earlier try left under nothing comes first', [makeOne, drop, move('x', undefined, 'epic')], ['move', '+one', 'drop']],
  ['but not where its parent is yet to be made', [makeOne, move('x', undefined, 'one')], ['+one', 'move']],
  ['nor before what makes room for it', [move('y', 'epic', 'one'), makeOne, move('x', undefined, 'epic')], ['move', '+one', 'move']],
])('%s', (_, changes, expected) => {
  expect(runs(changes)).toEqual(expected)
})

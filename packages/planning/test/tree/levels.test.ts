import { expect, test } from 'vitest'
import { deepestOf, type TreeChange } from '../../src/tree.ts'
import { issuesOf } from './a-plan.ts'

const wanted = issuesOf({ stories: ['empty', { id: 'full', tasks: ['task'] }] })
const make = (key: string): readonly TreeChange[] =>
  wanted.flatMap((issue) => (issue.key === key ? [{ kind: 'create' as const, issue }] : []))
const move = (key: string): readonly TreeChange[] => [{ kind: 'move', key, number: 5, from: undefined, to: 'epic' }]

test.each<readonly [string, readonly TreeChange[], number]>([
  ['nothing that is made or moved', [{ kind: 'drop', key: 'task', number: 4, title: 'Task' }], 0],
  ['a story without tasks', make('empty'), 2],
  ['a task', make('task'), 3],
  ['a story that takes its task along', move('full'), 3],
  ['a story without tasks that is moved', move('empty'), 2],
  ['the epic, whichever of its stories is the deeper', move('epic'), 3],
  ['what is deepest among several', [...make('empty'), ...make('task')], 3],
  ['an issue that the plan does not have', move('gone'), 0],
])('%s reaches as deep as it goes', (_, changes, level) => {
  expect(deepestOf(wanted, changes)).toBe(level)
})

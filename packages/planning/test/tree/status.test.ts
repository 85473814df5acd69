import fc from 'fast-check'
import { expect, it } from 'vitest'
import { statusOf } from '../../src/tree.ts'
import { issuesOf, type PlanDraft } from './a-plan.ts'

function statusWith(draft: PlanDraft, closed: readonly string[] = []) {
  const items = issuesOf(draft)
  return statusOf({ items, states: new Map(items.map(({ key }) => [key, { isOpen: !closed.includes(key) }])) })
}

const DRAFT: PlanDraft = {
  stories: [
    { id: 'a', tasks: ['a1', { id: 'a2', dependsOn: ['a1'] }, { id: 'a3', dependsOn: ['a2'] }] },
    { id: 'b', tasks: [{ id: 'b1', dependsOn: ['a1', 'a2'] }] },
    'c',
  ],
}

it('tasks are counted, per story and over all; a story without tasks counts as one', () => {
  const status = statusWith(DRAFT, ['a1', 'c'])
  expect(status).toMatchObject({ done: 2, total: 5 })
  expect(status.stories).toEqual([
    { key: 'a', title: 'The a', isOpen: true, done: 1, total: 3 },
    { key: 'b', title: 'The b', isOpen: true, done: 0, total: 1 },
    { key: 'c', title: 'The c', isOpen: false, done: 1, total: 1 },
  ])
})

it('blocked is what is open and waits for what is open', () => {
  expect(statusWith(DRAFT).blocked).toEqual([
    { key: 'a2', blockers: ['a1'] },
    { key: 'a3', blockers: ['a2'] },
    { key: 'b1', blockers: ['a1', 'a2'] },
  ])
  expect(statusWith(DRAFT, ['a1', 'a3']).blocked).toEqual([{ key: 'b1', blockers: ['a2'] }])
})

it.each([
  ['of two as long the one that the plan names first', [], ['a1', 'a2', 'a3']],
  ['closed tasks are no part of it', ['a1'], ['a2', 'a3']],
  ['a chain goes on where the first one ends', ['a3'], ['a1', 'a2', 'b1']],
  ['a single task is no chain', ['a1', 'a2'], []],
])('the critical path: %s', (_, closed, expected) => {
  expect(statusWith(DRAFT, closed).criticalPath).toEqual(expected)
})

it('an issue that is not made yet counts as open', () => {
  expect(statusOf({ items: issuesOf(DRAFT), states: new Map() })).toMatchObject({ done: 0, total: 5 })
})

it('tasks that wait for one another are in no chain', () => {
  const tasks = [{ id: 'a', dependsOn: ['b'] }, { id: 'b', dependsOn: ['a'] }, 'c', { id: 'd', dependsOn: ['c'] }]
  expect(statusWith({ stories: [{ id: 's', tasks }] }).criticalPath).toEqual(['c', 'd'])
})

it('nine thousand tasks in one chain are no trouble', () => {
  const tasks = Array.from({ length: 9_000 }, (_, at) => ({ id: `t${at}`, dependsOn: at === 0 ? [] : [`t${at - 1}`] }))
  expect(statusWith({ stories: [{ id: 's', tasks }] }).criticalPath).toHaveLength(9_000)
})

it('no chain is longer than the critical path, and each of it blocks the next', () => {
  const tasks = fc
    .array(fc.array(fc.nat(8), { maxLength: 3 }), { maxLength: 9 })
    .map((all) =>
      all.map((blockers, at) => ({ id: `t${at}`, dependsOn: blockers.filter((blocker) => blocker < at).map((blocker) => `t${blocker}`) })),
    )
  fc.assert(
    fc.property(tasks, (tasks) => {
      const { criticalPath } = statusWith({ stories: [{ id: 's', tasks }] })
      const longest = (id: string): number => 1 + Math.max(0, ...(tasks.find((task) => task.id === id)?.dependsOn ?? []).map(longest))
      const length = Math.max(0, ...tasks.map(({ id }) => longest(id)))
      expect(criticalPath.length).toBe(length < 2 ? 0 : length)
      for (const [at, key] of criticalPath.slice(1).entries()) {
        expect(tasks.find(({ id }) => id === key)?.dependsOn).toContain(criticalPath[at])
      }
    }),
  )
})

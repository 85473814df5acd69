import { expect, it } from 'vitest'
import type { AppliedIssue, Plan } from '../../src/index.ts'
import { decideProgress, type Item, itemsOfApplied, itemsOfPlan, renderStatus } from '../../src/render.ts'
import { treeOf } from './stage.ts'

function tasksOf(waits: Readonly<Record<string, readonly string[]>>, done: readonly string[] = []): readonly Item[] {
  const place = { number: undefined, url: undefined }
  const story: Item = { ...place, key: 'story', parent: undefined, level: 'story', title: 'Story', state: 'open', blockedBy: [] }
  const tasks = Object.entries(waits).map(([key, blockedBy]): Item => {
    return { ...place, key, parent: 'story', level: 'task', title: key, state: done.includes(key) ? 'done' : 'open', blockedBy }
  })
  return [story, ...tasks]
}
const keys = (items: readonly Item[]) => items.map(({ key }) => key)

it('the critical path is the longest chain of open tasks', () => {
  const progress = decideProgress(tasksOf({ a: [], b: ['a'], c: ['b'], d: ['a'], e: ['d', 'c'], f: [] }))
  expect(keys(progress.critical)).toEqual(['a', 'b', 'c', 'e'])
  expect(keys(progress.ready)).toEqual(['a', 'f'])
})

it('done tasks hold nothing up', () => {
  const progress = decideProgress(tasksOf({ a: [], b: ['a'], c: ['b'] }, ['a']))
  expect(keys(progress.critical)).toEqual(['b', 'c'])
  expect(progress.blocked.map(({ item, blockers }) => [item.key, keys(blockers)])).toEqual([['c', ['b']]])
  expect(progress.counts).toEqual({ done: 1, total: 3 })
})

it('where no task waits there is no critical path', () => {
  expect(decideProgress(tasksOf({ a: [], b: [] })).critical).toEqual([])
})

it('tasks that wait in a circle are blocked, and on no path', () => {
  const progress = decideProgress(tasksOf({ a: ['b'], b: ['a'], c: [], d: ['c'], e: ['a', 'd'] }))
  expect(keys(progress.critical)).toEqual(['c', 'd'])
  expect(progress.blocked).toHaveLength(4)
})

it('a chain of 1,000 tasks is followed to its end', () => {
  const waits = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`t${at}`, at === 0 ? [] : [`t${at - 1}`]]))
  expect(decideProgress(tasksOf(waits)).critical).toHaveLength(1_000)
})

it('a blocker that the plan no longer has blocks nothing', () => {
  const items = tasksOf({ a: [], b: ['a', 'unknown'] }).map((item) => (item.key === 'a' ? { ...item, state: 'dropped' as const } : item))
  expect(keys(decideProgress(items).ready)).toEqual(['b'])
  expect(decideProgress(items)).toMatchObject({ dropped: 1, counts: { done: 0, total: 1 } })
})

it('what was closed as not planned is not done, and neither waits nor holds anything up; it is told apart', () => {
  const items = tasksOf({ a: [], b: ['a'], c: ['b'] }).map((item) => (item.key === 'a' ? { ...item, state: 'skipped' as const } : item))
  const progress = decideProgress(items)
  expect(progress).toMatchObject({ counts: { done: 0, total: 2 }, skipped: 1, dropped: 0, isFinished: false })
  expect([keys(progress.ready), keys(progress.critical)]).toEqual([['b'], ['b', 'c']])
  expect(renderStatus({ title: 'T', status: 'PLANNED', items })).toContain('0 %` · **0 of 2 tasks** · 1 closed as not planned')
  const closed = items.map((item) => (item.state === 'open' ? { ...item, state: 'done' as const } : item))
  const finished = renderStatus({ title: 'T', status: 'PLANNED', items: closed })
  expect(finished).toContain('100 %` · **2 of 2 tasks** · 1 closed as not planned · 🏁 finished')
  expect(finished).not.toContain('begun')
  const skipped = items.map((item) => (item.level === 'task' ? { ...item, state: 'skipped' as const } : item))
  expect(renderStatus({ title: 'T', status: 'PLANNED', items: skipped })).toContain('nothing to do in it. · 3 closed as not planned')
})

it('a story without tasks is one piece of work itself', () => {
  const items = treeOf({ stories: 2, tasks: 0 }).map((item) => (item.key === 'story-1' ? { ...item, state: 'done' as const } : item))
  expect(decideProgress(items).counts).toEqual({ done: 1, total: 2 })
})

it('a status tells done and total per story, what can be begun, what is blocked and the critical path', () => {
  const status = renderStatus({ title: 'Passkeys', status: 'PLANNED', items: treeOf({ stories: 2, tasks: 4, done: 1 }) })
  expect(status).toContain('25 %` · **2 of 8 tasks**')
  expect(status).toContain('| Story 1 [#102](https://github.example/acme/shop/issues/102) | `██░░░░░░░░ 25 %` | 1 of 4 tasks |')
  expect(status).toMatch(/Can be begun now\n\n- Task 1\.2 .*\n- Task 2\.2 .*\n\n/)
  expect(status).toContain('#### Blocked: 4')
  expect(status).toMatch(/\| Task 1\.3 \S+ \| \[#104\]/)
  expect(status).toContain('#### Critical path: 3 tasks')
  expect(status).toContain('```mermaid\ngraph LR\n  t0["Task 1.2<br>#35;104"]')
  expect(status).toContain('  t0 --> t1 --> t2\n```')
  expect(status).toMatch(/^1\. Task 1\.2 .*\n2\. Task 1\.3 .*\n3\. Task 1\.4/m)
})

it('a finished plan is 100 %, with nothing to begin and no path', () => {
  const status = renderStatus({ title: 'x', status: 'PLANNED', items: treeOf({ tasks: 3, done: 3 }) })
  expect(status).toContain('100 %` · **6 of 6 tasks**')
  expect(status).not.toMatch(/begun|Blocked|Critical/)
})

it('per cents are 0 and 100 only at the very ends', () => {
  const of = (done: number) => renderStatus({ title: 'x', status: 'PLANNED', items: treeOf({ stories: 1, tasks: 1_000, done }) })
  expect(of(999)).toContain(' 99 %` · **999 of 1,000 tasks**')
  expect(of(1)).toContain(' 1 %` · **1 of 1,000 tasks**')
})

it('a longer critical path is drawn downwards, a long one is only listed', () => {
  const of = (tasks: number) => renderStatus({ title: 'x', status: 'PLANNED', items: treeOf({ stories: 1, tasks }) })
  expect(of(6)).toContain('graph TD')
  expect(of(13)).toContain('Critical path: 13 tasks')
  expect(of(13)).not.toContain('mermaid')
})

it('a plan’s nodes and applied issues become items of one tree', () => {
  const place = { file: 'p.md', line: 1, column: 1 }
  const node = { hasOwnId: true, text: '', place }
  const task = { ...node, id: 't', level: 'task', title: 'T', files: [], dependsOn: ['u'], verify: 'NONE', criteria: [] } as const
  const plan: Plan = {
    title: 'x',
    idea: undefined,
    labels: [],
    milestone: undefined,
    assignees: [],
    epic: { ...node, id: 'e', level: 'epic', title: 'E', stories: [{ ...node, id: 's', level: 'story', title: 'S', tasks: [task] }] },
  }
  expect(itemsOfPlan(plan).map(({ key, parent, state }) => [key, parent, state])).toEqual([
    ['e', undefined, 'planned'],
    ['s', 'e', 'planned'],
    ['t', 's', 'planned'],
  ])
  const applied = (number: number, isDropped = false): AppliedIssue => {
    return {
      key: `k${number}`,
      parent: undefined,
      level: 'task',
      number,
      title: 'T',
      sha256: '',
      dependsOn: ['u'],
      hasOwnId: true,
      isDropped,
    }
  }
  const items = itemsOfApplied([applied(1), applied(2), applied(3, true)], {
    urlOf: (number) => `u${number}`,
    stateOf: (number) => (number === 1 ? 'open' : 'done'),
  })
  expect(items.map(({ state, url, blockedBy }) => [state, url, blockedBy[0]])).toEqual([
    ['open', 'u1', 'u'],
    ['done', 'u2', 'u'],
    ['dropped', 'u3', 'u'],
  ])
})

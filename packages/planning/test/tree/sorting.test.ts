import { beforeEach, expect, it } from 'vitest'
import { parseApplied, renderApplied } from '../../src/tree.ts'
import { renderDifference } from '../../src/render.ts'
import { Board } from './a-board.ts'
import { issuesOf, type PlanDraft } from './a-plan.ts'

const DRAFT = {
  stories: [{ id: 'a', tasks: ['a1', 'a2'] }],
  labels: ['plan', 'old'],
  milestone: 'v1',
  assignees: ['mona'],
} satisfies PlanDraft
const OTHER = { ...DRAFT, labels: ['Plan', 'new'], milestone: 'v2', assignees: ['hubot'] } satisfies PlanDraft
const KEYS = ['epic', 'a', 'a1', 'a2'] as const

let board: Board
beforeEach(() => {
  board = new Board()
  board.sync(issuesOf(DRAFT))
  board.applied = parseApplied(renderApplied(board.applied))
})

const sortingOf = (key: string) => {
  const { labels, milestone, assignees } = board.get(key)
  return [[...labels], milestone, [...assignees]]
}

it('what the plan added and took away is one step for all issues, and one line', () => {
  expect(board.differ(issuesOf(DRAFT)).changes).toEqual([])
  const difference = board.differ(issuesOf(OTHER))
  expect(difference.changes).toEqual([
    {
      kind: 'sort',
      add: { labels: ['new'], assignees: ['hubot'] },
      remove: { labels: ['old'], assignees: ['mona'] },
      milestone: { from: 'v1', to: 'v2' },
      numbers: KEYS.map((key) => board.get(key).number),
    },
  ])
  const text = renderDifference({ difference, find: () => undefined })
  expect(text).toContain('1 change of labels, milestone or assignees')
  const row = '| 🔖 sort | 4 issues | labels + `new`, − `old`; milestone `v2` in place of `v1`; assignees + `hubot`, − `mona` |'
  expect(text.split('\n').filter((line) => line.includes('sort'))).toEqual([row])
  board.sync(issuesOf(OTHER))
  for (const key of KEYS) expect(sortingOf(key)).toEqual([['plan', 'new'], 'v2', ['hubot']])
  expect(board.differ(issuesOf(OTHER)).changes).toEqual([])
})

it('what people put on stays, what they took off stays off, and their milestone is theirs', () => {
  const [epic, story, first] = [board.get('epic'), board.get('a'), board.get('a1')]
  epic.labels.add('urgent')
  epic.assignees.add('lisa')
  story.labels.delete('plan')
  story.assignees.delete('mona')
  first.milestone = 'theirs'
  expect(board.differ(issuesOf(DRAFT)).changes).toEqual([])
  board.sync(issuesOf({ ...DRAFT, labels: ['plan'], milestone: 'v2' }))
  expect(sortingOf('epic')).toEqual([['plan', 'urgent'], 'v2', ['mona', 'lisa']])
  expect(sortingOf('a')).toEqual([[], 'v2', []])
  expect(sortingOf('a1')).toEqual([['plan'], 'theirs', ['mona']])
})

it('a milestone that people and the plan both changed is told as a conflict, once', () => {
  const first = board.get('a1')
  first.milestone = 'theirs'
  const difference = board.differ(issuesOf({ ...DRAFT, milestone: 'v2' }))
  expect(difference.conflicts).toEqual([{ key: 'a1', number: first.number, what: 'milestone' }])
  expect(renderDifference({ difference, find: () => undefined })).toContain('Somebody gave it another milestone')
  board.sync(issuesOf({ ...DRAFT, milestone: 'v2' }))
  expect(board.differ(issuesOf({ ...DRAFT, milestone: 'v2' })).conflicts).toEqual([])
  expect(board.differ(issuesOf({ ...DRAFT, milestone: 'theirs' })).conflicts).toEqual([])
})

it('issues that differ are told apart, and what is as the plan wants it is left out', () => {
  board.get('a').labels.delete('old')
  board.get('a1').labels.add('NEW')
  const changes = board.differ(issuesOf({ ...DRAFT, labels: ['plan', 'new'] })).changes
  expect(changes).toMatchObject([
    {
      add: { labels: ['new'] },
      remove: { labels: ['old'] },
      milestone: undefined,
      numbers: [board.get('epic').number, board.get('a2').number],
    },
    { add: { labels: ['new'] }, remove: { labels: [] }, numbers: [board.get('a').number] },
    { add: { labels: [] }, remove: { labels: ['old'] }, numbers: [board.get('a1').number] },
  ])
})

it('a plan that sorts nothing any more takes off what plans put on, and nothing else', () => {
  board.get('epic').labels.add('urgent')
  board.sync(issuesOf({ stories: DRAFT.stories }))
  expect(sortingOf('epic')).toEqual([['urgent'], undefined, []])
  expect(board.applied.some(({ sorting }) => sorting !== undefined)).toBe(false)
})

it('what was not carried out is shown again, and what a dead run did is not', () => {
  board.sync(issuesOf(OTHER), 0)
  expect(board.differ(issuesOf(OTHER)).changes).toHaveLength(1)
  board.sync(issuesOf(OTHER))
  const { applied } = board
  board.sync(issuesOf(DRAFT))
  board.applied = applied
  expect(board.differ(issuesOf(DRAFT)).changes).toEqual([])
})

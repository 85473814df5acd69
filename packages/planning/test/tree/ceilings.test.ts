import { expect, it } from 'vitest'
import { Board } from './a-board.ts'
import { issuesOf, type PlanDraft } from './a-plan.ts'

// The board refuses a 101st sub-issue, as GitHub does.
const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}-${at + 1}`)
const two = (left: readonly string[], right: readonly string[]): PlanDraft => ({
  stories: [
    { id: 'l', tasks: left },
    { id: 'r', tasks: right },
  ],
})

function childrenOf(board: Board, key: string): number {
  const { number } = board.get(key)
  return [...board.issues.values()].filter(({ parent }) => parent === number).length
}

it('two full stories change all their tasks: neither ever holds more than 100', () => {
  const board = new Board()
  board.sync(issuesOf(two(ids('a', 90), ids('b', 90))))
  const swapped = issuesOf(two(ids('b', 90), ids('a', 90)))
  const { conflicts } = board.sync(swapped)
  expect(conflicts).toEqual([])
  expect([childrenOf(board, 'l'), childrenOf(board, 'r')]).toEqual([90, 90])
  expect(board.get('b-1').parent).toBe(board.get('l').number)
  expect(board.differ(swapped).changes).toEqual([])
})

it('new tasks come after those that make room for them', () => {
  const board = new Board()
  board.sync(issuesOf(two(ids('a', 90), [])))
  board.sync(issuesOf(two(ids('n', 90), ids('a', 90))))
  expect([childrenOf(board, 'l'), childrenOf(board, 'r')]).toEqual([90, 90])
})

it('dropped tasks leave a full parent, as many as places are needed, and come back if the plan wants them', () => {
  const board = new Board()
  const first = issuesOf(two(ids('a', 60), []))
  board.sync(first)
  const { changes } = board.sync(issuesOf(two(ids('n', 70), [])))
  expect(changes.filter(({ kind }) => kind === 'move')).toHaveLength(30)
  expect(childrenOf(board, 'l')).toBe(100)
  expect(board.differ(issuesOf(two(ids('n', 70), []))).changes).toEqual([])
  board.sync(first)
  expect(board.get('a-1')).toMatchObject({ isOpen: true, parent: board.get('l').number })
  expect(board.differ(first)).toMatchObject({ changes: [], conflicts: [] })
})

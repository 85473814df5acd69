import { expect, test } from 'vitest'
import { parseFamily } from '../src/operations/index.ts'

const HERE = { nameWithOwner: 'acme/shop' }
const child = (number: number, state: 'OPEN' | 'CLOSED', repository = HERE) => ({
  number,
  state,
  stateReason: state === 'OPEN' ? null : 'COMPLETED',
  repository,
})

function familyOf(nodes: readonly unknown[], subIssuesSummary: { readonly total: number; readonly completed: number }) {
  const parent = { id: 'I_2', title: 'Story', url: 'https://example.test/2', ...child(2, 'OPEN'), subIssuesSummary, subIssues: { nodes } }
  const issue = { ...child(1, 'CLOSED'), title: 'Task', url: 'https://example.test/1', parent: { ...parent, parent: null } }
  return parseFamily({ nameWithOwner: 'acme/shop', issue })?.above[0]?.children
}

test('a child of another repository counts, and is no issue of this one', () => {
  expect(familyOf([child(1, 'CLOSED'), child(1, 'OPEN', { nameWithOwner: 'acme/other' })], { total: 2, completed: 1 })).toEqual([
    { number: 1, isOpen: false, isDone: true },
    { number: undefined, isOpen: true, isDone: false },
  ])
})

test('a child that nobody may see here counts as open as long as GitHub counts it so', () => {
  const open = { number: undefined, isOpen: true, isDone: false }
  const seen = { number: 1, isOpen: false, isDone: true }
  expect(familyOf([child(1, 'CLOSED'), null], { total: 2, completed: 1 })).toEqual([seen, open])
  expect(familyOf([child(1, 'CLOSED'), null], { total: 2, completed: 2 })).toEqual([seen])
})

import { expect, test } from 'vitest'
import { type BranchPlan, isBehind, type SavedPlan } from '../../src/index.ts'

const saved = (sha256: string, source: SavedPlan['source']): SavedPlan => ({
  sha256,
  title: 'Plan',
  stories: 1,
  tasks: 1,
  source,
  text: { blobs: [], bytes: 0 },
})
const file = (path: string): SavedPlan['source'] => ({ kind: 'file', path, commit: 'c0ffee' })
const FILE = { path: 'plans/a.md', idea: 7, sha256: 'new', plan: undefined, isBusy: false } as const

test.each<readonly [string, Partial<BranchPlan>, boolean]>([
  ['a plan that nobody has', {}, true],
  ['one that names no idea', { idea: undefined }, false],
  ['one whose issues are being made', { isBusy: true }, false],
  ['one that came from this file and reads otherwise now', { plan: saved('old', file('plans/a.md')) }, true],
  ['one that came from this file as it is', { plan: saved('new', file('plans/a.md')) }, false],
  ['one whose place another file’s took', { plan: saved('old', file('plans/b.md')) }, false],
  ['one whose place a comment’s took', { plan: saved('old', { kind: 'comment', id: 1 }) }, false],
])('%s', (_, more, expected) => {
  expect(isBehind({ ...FILE, ...more })).toBe(expected)
})

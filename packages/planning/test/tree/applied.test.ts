import { expect, it } from 'vitest'
import { type AppliedIssue, parseApplied, renderApplied } from '../../src/tree.ts'

const ITEM: AppliedIssue = {
  key: 'a1',
  parent: 'a',
  level: 'task',
  number: 12,
  title: 'A task',
  sha256: 'a'.repeat(64),
  dependsOn: ['b1'],
  hasOwnId: true,
  isDropped: false,
}
const EPIC: AppliedIssue = { ...ITEM, key: 'epic', parent: undefined, level: 'epic', dependsOn: [] }

it('what was applied comes back as it was written', () => {
  const left = { ...ITEM, key: 'a2', hasLeft: true }
  expect(parseApplied(renderApplied([EPIC, ITEM, left]))).toEqual([EPIC, ITEM, left])
  expect(parseApplied(renderApplied([]))).toEqual([])
})

it('is canonical: the same issues give the same bytes', () => {
  const { key, ...rest } = ITEM
  expect(renderApplied([{ ...rest, key }])).toBe(renderApplied([ITEM]))
  expect(renderApplied([ITEM])).toBe(
    `{"items":[{"depends_on":["b1"],"has_own_id":true,"is_dropped":false,"key":"a1","level":"task","number":12,"parent":"a","sha256":"${'a'.repeat(64)}","title":"A task"}],"schema_version":1}`,
  )
})

it.each([
  ['no JSON', '{'],
  ['another version', '{"schema_version":2,"items":[]}'],
  ['more than it has', '{"schema_version":1,"items":[],"more":1}'],
  ['an item without a number', renderApplied([ITEM]).replace('"number":12,', '')],
  ['an item with more than it has', renderApplied([ITEM]).replace('"number":12', '"number":12,"more":1')],
  ['a number that is none', renderApplied([{ ...ITEM, number: 0 }])],
  ['a key that is none', renderApplied([{ ...ITEM, key: '../x' }])],
  ['a hash that is none', renderApplied([{ ...ITEM, sha256: 'x' }])],
])('%s is refused', (_, text) => {
  expect(() => parseApplied(text)).toThrow('The record of applied issues')
})

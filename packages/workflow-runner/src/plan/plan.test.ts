import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideEntry, decideLeave, type Entry, type Group, MOST_WAITING } from './concurrency.ts'
import { addUpResults, findReady, type JobResult, type Needs, statusBefore } from './job-graph.ts'
import { grantPermissions, restricted } from './token-permissions.ts'

const needs: Needs = new Map([
  ['a', []],
  ['b', ['a']],
  ['c', ['b']],
  ['d', []],
  ['e', ['c', 'd']],
])
const results = (given: Readonly<Record<string, JobResult>>): ReadonlyMap<string, JobResult> => new Map(Object.entries(given))

test.each([
  [[], {}, ['a', 'd']],
  [['a', 'd'], {}, []],
  [['a', 'd'], { a: 'failure' }, ['b']],
  [['a', 'b', 'c', 'd'], { a: 'success', b: 'success', c: 'success' }, []],
  [['a', 'b', 'c', 'd'], { a: 'success', b: 'success', c: 'success', d: 'skipped' }, ['e']],
] as const)('with %j begun and %j ended, %j are ready', (begun, ended, expected) => {
  expect(findReady(needs, { begun: new Set(begun), results: results(ended) })).toEqual(expected)
})

test.each([
  ['every job before it succeeded', { a: 'success', b: 'success' }, { success: true, failure: false }],
  ['an ancestor failed though its parent did not', { a: 'failure', b: 'success' }, { success: false, failure: true }],
  ['an ancestor was skipped', { a: 'skipped', b: 'success' }, { success: false, failure: false }],
  ['another branch failed', { a: 'success', b: 'success', d: 'failure' }, { success: true, failure: false }],
] as const)('success() and failure() when %s', (_, ended, expected) => {
  expect(statusBefore('c', needs, { results: results(ended), cancelled: false })).toMatchObject(expected)
})

test.each([
  [['success', 'skipped'], 'success'],
  [['success', 'cancelled'], 'cancelled'],
  [['cancelled', 'failure'], 'failure'],
  [['skipped', 'skipped'], 'skipped'],
  [[], 'success'],
] as const)('%j together are %s', (each, expected) => {
  expect(addUpResults(each)).toBe(expected)
})

describe('a concurrency group', () => {
  const entry = (id: string, more: Partial<Entry> = {}): Entry => ({ id, queue: 'single', cancelInProgress: false, ...more })
  const group = (holder: string, ...waiting: readonly string[]): Group => ({ holder, waiting })

  test.each([
    ['is taken when free', undefined, entry('a'), group('a'), []],
    ['keeps one waiting', group('a'), entry('b'), group('a', 'b'), []],
    ['drops who waited for who comes', group('a', 'b'), entry('c'), group('a', 'c'), ['b']],
    ['keeps all waiting under max', group('a', 'b'), entry('c', { queue: 'max' }), group('a', 'b', 'c'), []],
    ['ends its holder when asked', group('a', 'b'), entry('c', { cancelInProgress: true }), group('a', 'c'), ['b', 'a']],
  ] as const)('%s', (_, before, wanted, after, cancels) => {
    expect(decideEntry(before, wanted)).toEqual({ group: after, cancels })
  })

  test('under max has room for a hundred', () => {
    const full = group('a', ...Array.from({ length: MOST_WAITING }, (_, at) => String(at)))
    expect(decideEntry(full, entry('late', { queue: 'max' }))).toEqual({ group: full, cancels: ['late'] })
  })

  test('passes on in order, and is free in the end', () => {
    expect(decideLeave(group('a', 'b', 'c'), 'a')).toEqual(group('b', 'c'))
    expect(decideLeave(group('a', 'b', 'c'), 'b')).toEqual(group('a', 'c'))
    expect(decideLeave(group('a'), 'a')).toBeUndefined()
  })

  test('never has two holders and never loses anybody who was not cancelled', () => {
    const step = fc.record({
      leave: fc.boolean(),
      queue: fc.constantFrom('single' as const, 'max' as const),
      cancelInProgress: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state: Group | undefined
        const inside = new Set<string>()
        for (const [at, { leave, queue, cancelInProgress }] of steps.entries()) {
          if (leave && state !== undefined) {
            inside.delete(state.holder)
            state = decideLeave(state, state.holder)
          } else {
            const decision = decideEntry(state, entry(String(at), { queue, cancelInProgress }))
            inside.add(String(at))
            // A holder leaves when it has ended, not when it is told to.
            for (const id of decision.cancels) if (id !== decision.group.holder) inside.delete(id)
            state = decision.group
          }
          expect(new Set(state === undefined ? [] : [state.holder, ...state.waiting])).toEqual(inside)
        }
      }),
    )
  })
})

test.each([
  ['nothing said', undefined, undefined, restricted],
  ['nothing said within a caller that has little', undefined, { issues: 'write' }, { issues: 'write' }],
  [
    'nothing said within a caller that has much',
    undefined,
    { contents: 'write', packages: 'read' },
    { contents: 'write', packages: 'read' },
  ],
  ['none', {}, undefined, {}],
  ['named', { issues: 'write' }, undefined, { issues: 'write' }],
  ['less than the caller', { issues: 'read' }, { issues: 'write' }, { issues: 'read' }],
] as const)('permissions: %s', (_, stated, cap, expected) => {
  expect(grantPermissions(stated, { otherwise: restricted, cap })).toEqual(expected)
})

test('permissions: all at one level, and never more than the caller’s', () => {
  expect(grantPermissions('read-all', { otherwise: restricted, cap: undefined })).toMatchObject({ contents: 'read', 'id-token': 'read' })
  expect(() => grantPermissions('write-all', { otherwise: restricted, cap: { contents: 'read' } })).toThrow("only allowed 'actions: none'")
})

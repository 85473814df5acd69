import fc from 'fast-check'
import { expect, it } from 'vitest'
import { STEP_STATUSES, type TemplateStep } from '../src/model.ts'
import type { Command } from '../src/release/command.ts'
import { NEW_CUSTOMER, stepsOf } from '../src/release/find-step.ts'
import { parseHistory } from '../src/release/views/history.ts'
import { countRow, wholePercent } from '../src/release/views/progress.ts'
import { parseMatrix } from '../src/release/views/matrix-document.ts'
import type { FileFacts } from '../src/release/records/parts.ts'
import { customerSubject, releaseSubject } from '../src/release/subjects.ts'
import { hashOfText, NaiveRelease } from './naive-release.ts'
import { customerOf, FACTS, SLUG, Stage, stepOf } from './release-stage.ts'

const ADDRESSES = ['eu-1/acme', 'eu-1/beta', 'us-1/acme'] as const
const STEPS = ['a', 'b', 'c', 'd', 'custom-1', 'custom-2'] as const
const address = fc.constantFrom(...ADDRESSES)
const step = fc.constantFrom(...STEPS)
const text = fc.constantFrom('one', 'two', '')

const template: fc.Arbitrary<TemplateStep[]> = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      category: fc.constantFrom('deploy' as const, 'verify' as const),
      content: fc.constantFrom('x', 'y'),
    }),
    { selector: ({ id }) => id, maxLength: 4 },
  )
  .map((steps) =>
    steps
      .map(({ id, category, content }) => stepOf(id, { category, content }))
      .sort((left, right) => (left.category < right.category ? -1 : left.category > right.category ? 1 : 0)),
  )
const customers = fc.subarray([...ADDRESSES]).map((chosen) => chosen.map(customerOf))

const fileFacts: fc.Arbitrary<FileFacts> = fc.record({
  name: fc.constantFrom('Spring', 'Summer'),
  type: fc.constantFrom('release' as const, 'hotfix' as const),
  version_number: fc.constantFrom('', '1.10', '1.1'),
  release_date: fc.constantFrom(null, '2026-11-21'),
  description: fc.constantFrom('', 'Warmer'),
  metadata: fc.constantFrom({}, { ticket: 1, team: { name: 'a', on: null } }, { team: { on: null, name: 'a' }, ticket: 1 }),
})

const onRelease: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('activate' as const), facts: fc.constant(FACTS), steps: template, customers }),
  fc.record({ kind: fc.constant('add-customers' as const), customers }),
  fc.record({ kind: fc.constant('sync-template' as const), steps: template }),
  fc.record({ kind: fc.constant('sync-facts' as const), facts: fileFacts }),
)
const onStep: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('done' as const), step, notes: fc.constantFrom(null, 'noted') }),
  fc.record({ kind: fc.constant('skip' as const), step, reason: text }),
  fc.record({ kind: fc.constant('revert' as const), step, reason: fc.constant(null) }),
  fc.record({ kind: fc.constant('override' as const), step, content: text }),
  fc.record({ kind: fc.constant('reset' as const), step }),
  fc.record({ kind: fc.constant('remove-custom' as const), step }),
  fc.record({
    kind: fc.constant('import-cells' as const),
    cells: fc.uniqueArray(
      fc.record({
        step,
        status: fc.constantFrom(...STEP_STATUSES),
        executed_at: fc.constantFrom(null, 7),
        executed_by: fc.constant(null),
        reason: fc.constantFrom(null, 'why'),
        notes: fc.constant(null),
      }),
      { selector: (cell) => cell.step, maxLength: 3 },
    ),
  }),
  fc.record({
    kind: fc.constant('edit-custom' as const),
    step,
    name: fc.constantFrom(null, 'Renamed'),
    type: fc.constant(null),
    content: fc.constantFrom(null, 'z'),
    anchor: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('add-custom' as const),
    category: fc.constantFrom('deploy' as const, 'verify' as const),
    type: fc.constant('bash' as const),
    name: fc.constant('Own'),
    content: text,
    anchor: fc.option(fc.record({ position: fc.constantFrom('before' as const, 'after' as const), step }), { nil: null }),
  }),
)
const move = fc.oneof(
  { weight: 2, arbitrary: onRelease.map((command) => ({ address: undefined, command })) },
  { weight: 9, arbitrary: fc.record({ address, command: onStep }) },
)
const first: { readonly address: undefined; readonly command: Command } = {
  address: undefined,
  command: {
    kind: 'activate',
    facts: FACTS,
    steps: [stepOf('a'), stepOf('b'), stepOf('c', { category: 'verify' })],
    customers: ADDRESSES.slice(0, 2).map(customerOf),
  },
}

const LETTER = { pending: '.', done: 'd', skipped: 's', reverted: 'r' } as const

function expectSame(stage: Stage, naive: NaiveRelease): void {
  const { release } = stage.state(releaseSubject(SLUG))
  if (release === null) return expect(naive.status).toBe('draft')
  expect(release.status).toBe(naive.status)
  expect(release).toMatchObject(naive.facts ?? {})
  expect(stage.documents.get('releases')).toMatchObject({
    entries: [{ slug: SLUG, name: naive.facts?.name, type: naive.facts?.type, version_number: naive.facts?.version_number }],
  })
  const matrix = parseMatrix(stage.documents.get(`matrix/${SLUG}`))
  expect(Object.keys(matrix.customers).sort()).toEqual([...naive.rows.keys()].sort())
  for (const [each, rows] of naive.rows) {
    const customer = stage.state(customerSubject(SLUG, customerOf(each))).customer ?? NEW_CUSTOMER
    const steps = stepsOf(release, customer).map(({ id, category, status, text: words, source, hasTemplate }) => ({
      id,
      category,
      name: words.name,
      content: words.content.blobs[0] ?? '',
      status,
      custom: source === 'custom',
      overridden: source === 'overridden',
      hasTemplate,
    }))
    const wanted = rows.map(({ executedAt: _, reason: __, ...row }) => ({
      ...row,
      content: row.content === '' ? '' : hashOfText(row.content),
    }))
    expect([...steps].sort(byId)).toEqual([...wanted].sort(byId))
    const row = matrix.customers[each]
    const letters = [...(row?.cells ?? ''), ...Object.values(row?.customs ?? {})].filter((letter) => letter !== ' ').sort()
    expect(letters).toEqual(rows.map(({ status }) => LETTER[status]).sort())
    if (row) expect(countRow(row).total).toBe(rows.length)
    expect(parseHistory(stage.documents.get(`history/${each}`)).entries.length).toBe(naive.history.get(each) ?? 0)
  }
}

function byId(left: { readonly id: string }, right: { readonly id: string }): number {
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0
}

it('whatever is commanded, states, matrix, progress and history are those of a release that copies every row', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const stage = new Stage()
      const naive = new NaiveRelease()
      for (const { address: at, command } of [first, ...moves]) {
        stage.ask(at, command)
        naive.apply(at, command)
      }
      expectSame(stage, naive)
      expect(naive.status).toBe('active')
    }),
    { numRuns: 2_000 },
  )
}, 60_000)

it('no steps are no per cent', () => {
  expect(wholePercent({ done: 0, skipped: 0, reverted: 0, pending: 0, total: 0 })).toBeUndefined()
})

import { sha256 } from '@switchyard/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openStepsOf, toCustomers } from '../../src/board/rows.ts'
import { parseSubject } from '../../src/release/subjects.ts'
import type { Command } from '../../src/release/command.ts'
import { stepsOf } from '../../src/release/find-step.ts'
import { stepOf } from '../release-stage.ts'
import { activate, customerState, shown } from './board-stage.ts'

const step = fc.constantFrom('migrate', 'smoke', 'extra', 'custom-1', 'custom-2')
const anchor = fc.option(fc.record({ position: fc.constantFrom('before' as const, 'after' as const), step }))
const category = fc.constantFrom('deploy' as const, 'verify' as const)
const templates = fc.subarray([stepOf('migrate'), stepOf('extra'), stepOf('smoke', { category: 'verify' })])
const onStep: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('done' as const), step, notes: fc.constant(null) }),
  fc.record({ kind: fc.constant('skip' as const), step, reason: fc.constant('no') }),
  fc.record({ kind: fc.constant('revert' as const), step, reason: fc.constant(null) }),
  fc.record({ kind: fc.constant('override' as const), step, content: fc.constantFrom('x', 'y') }),
  fc.record({ kind: fc.constant('reset' as const), step }),
  fc.record({ kind: fc.constant('remove-custom' as const), step }),
  fc.record({
    kind: fc.constant('begin-run' as const),
    step,
    type: fc.constant('bash' as const),
    sha256: fc.constantFrom('migrate', 'smoke', 'extra').map((id) => sha256(`echo ${id}`)),
  }),
  fc.record({ kind: fc.constant('drop-run' as const), step }),
  fc.record({ kind: fc.constant('lose-run' as const), step, run_id: fc.constant(1), run_attempt: fc.constantFrom(1, 2) }),
  fc.record({
    kind: fc.constant('record-run' as const),
    step,
    exit_code: fc.constantFrom(0, 3),
    conclusion: fc.constant('ended'),
    url: fc.constant('https://github.example/run'),
  }),
  fc.record({
    kind: fc.constant('import-cells' as const),
    cells: fc.tuple(
      fc.record({
        step,
        status: fc.constantFrom('done' as const, 'reverted' as const),
        executed_at: fc.constant(null),
        executed_by: fc.constant(null),
        reason: fc.constant(null),
        notes: fc.constant(null),
      }),
    ),
  }),
  fc.record({
    kind: fc.constant('add-custom' as const),
    category,
    type: fc.constant('bash' as const),
    name: fc.constantFrom('One', 'Two'),
    content: fc.constant('z'),
    anchor,
  }),
  fc.record({
    kind: fc.constant('edit-custom' as const),
    step,
    name: fc.constantFrom(null, 'Renamed'),
    type: fc.constant(null),
    content: fc.constant(null),
    anchor,
  }),
)
const move = fc.oneof(
  { weight: 8, arbitrary: fc.record({ address: fc.constantFrom('eu-1/acme', 'us-1/acme'), command: onStep }) },
  { weight: 1, arbitrary: templates.map((steps) => ({ address: undefined, command: { kind: 'sync-template' as const, steps } })) },
)

it('what a board shows from the matrix alone is what each customer’s own state says', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const stage = activate()
      for (const { address, command } of moves) stage.ask(address, command)
      const { release, matrix } = shown(stage)
      const lost = new Set(
        stage.events.flatMap(({ type, subject, data }) =>
          type === 'release.step-run-lost' && 'step' in data ? [`${parseSubject(subject).address} ${data.step}`] : [],
        ),
      )
      for (const { address, steps, counts, failed } of toCustomers(release, matrix)) {
        const known = stepsOf(release, customerState(stage, address))
        const facts = ({ id, category: of, status, source, hasTemplate }: (typeof known)[number]) => ({
          id,
          of,
          status,
          source,
          hasTemplate,
        })
        expect(steps.map(facts)).toEqual(known.map(facts))
        // What was carried out keeps its words; the board shows those of today.
        const today = known.filter(({ source, cell }) => source === 'custom' && !cell?.kept)
        const names = new Map(steps.map(({ id, text }) => [id, text.name]))
        expect(today.map(({ id }) => names.get(id))).toEqual(today.map(({ text }) => text.name))
        expect(counts.total).toBe(known.length)
        const open = known.filter(({ status, cell }) => status !== 'done' && status !== 'skipped' && cell?.last_run?.exit_code === 3)
        const since = open.filter(({ cell }) => (cell?.last_run?.at ?? 0) > (cell?.executed_at ?? 0))
        // The board has one mark a step: of a run that was cut off it says that, and no more how the one before it ended.
        const isNeverLost = (id: string): boolean => !lost.has(`${address} ${id}`)
        expect([...failed.keys()].filter(isNeverLost).sort()).toEqual(since.flatMap(({ id }) => (isNeverLost(id) ? [id] : [])).sort())
        const begun = openStepsOf(matrix).flatMap((each) => (each.address === address ? [each.step] : []))
        const cutOff = [...failed].flatMap(([id, run]) => (run.exit_code === null ? [id] : []))
        const standing = new Set(known.map(({ id }) => id))
        expect([...begun, ...cutOff].filter((id) => standing.has(id)).sort()).toEqual(
          known.flatMap((each) => (each.begun === undefined ? [] : [each.id])).sort(),
        )
      }
    }),
    { numRuns: 500 },
  )
})

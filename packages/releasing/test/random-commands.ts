import { sha256 } from '@switchyard/core'
import fc from 'fast-check'
import { type FileFacts, type ReleaseCommand, STEP_STATUSES, STEP_TYPES, type StepCommand, type TemplateStep } from '../src/index.ts'
import { customerOf, FACTS, stepOf } from './release-stage.ts'

export const ADDRESSES = ['eu-1/acme', 'eu-1/beta', 'us-1/acme'] as const
const step = fc.constantFrom('a', 'b', 'c', 'd', 'custom-1', 'custom-2', 'custom-3')
const category = fc.constantFrom('deploy' as const, 'verify' as const)
const type = fc.constantFrom(...STEP_TYPES)
const text = fc.constantFrom('one', 'two', ' ')
const note = fc.constantFrom(null, 'noted', 'why')
const anchor = fc.option(fc.record({ position: fc.constantFrom('before' as const, 'after' as const), step }), { nil: null })
const customers = fc.subarray([...ADDRESSES], { minLength: 0 }).map((chosen) => chosen.map(customerOf))
const hash = fc.constantFrom('x', 'y', 'one', 'z').map(sha256)
/** One of them is called as something that every object has. */
const inEnvironment = ({ cluster, namespace }: ReturnType<typeof customerOf>) => ({
  cluster,
  namespace,
  environment: cluster === 'eu-1' ? 'eu-1' : 'constructor',
})
const constant = <const Kind extends string>(kind: Kind) => fc.constant(kind)

const template: fc.Arbitrary<readonly TemplateStep[]> = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      category,
      type,
      content: fc.constantFrom('x', 'y'),
      description: fc.constantFrom('', 'more'),
    }),
    {
      selector: ({ id }) => id,
      maxLength: 4,
    },
  )
  .map((steps) => steps.map(({ id, ...rest }) => stepOf(id, rest)))
  .map((steps) => ['deploy', 'verify'].flatMap((each) => steps.filter((one) => one.category === each)))

const facts: fc.Arbitrary<FileFacts> = fc.record({
  name: fc.constantFrom('Spring', 'Summer'),
  type: fc.constantFrom('release', 'hotfix'),
  version_number: fc.constantFrom('', '1.10'),
  release_date: fc.constantFrom(null, '2026-11-21'),
  description: fc.constantFrom('', 'Warmer'),
  metadata: fc.constantFrom({}, { ticket: 1, team: { name: 'a', on: null } }, { team: { on: null, name: 'a' }, ticket: 1 }),
})

/** Every command on a release. */
const onRelease: fc.Arbitrary<ReleaseCommand> = fc.oneof(
  fc.record({ kind: constant('activate'), facts: fc.constant(FACTS), steps: template, customers }),
  { weight: 2, arbitrary: fc.record({ kind: constant('add-customers'), customers }) },
  { weight: 6, arbitrary: fc.record({ kind: constant('sync-template'), steps: template }) },
  { weight: 2, arbitrary: fc.record({ kind: constant('sync-facts'), facts }) },
  fc.record({ kind: constant('board-made'), issue: fc.integer({ min: 1, max: 9 }), pages: fc.constantFrom([], [3, 4]) }),
  fc.record({
    kind: constant('handle-comments'),
    issue: fc.integer({ min: 1, max: 2 }),
    cursor: fc.record({ created_at: fc.constant('2026-11-21T08:00:00Z'), id: fc.nat(9) }),
    refused: fc.constantFrom(null, { code: 'NO', message: 'no', hint: 'no' }),
  }),
  fc.record({ kind: constant('claim') }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: constant('approve-content'),
      step,
      sha256: hash,
      customers: fc.subarray([...ADDRESSES], { minLength: 1 }).map((chosen) => chosen.map(customerOf).map(inEnvironment)),
    }),
  },
  fc.record({
    kind: constant('withdraw-approval'),
    sha256: hash,
    environments: fc.subarray(['eu-1', 'constructor'], { minLength: 1 }),
  }),
)

const archive: fc.Arbitrary<ReleaseCommand> = fc.record({ kind: constant('archive'), facts: fc.constant(FACTS) })

/** Every command on one customer of a release. */
const onStep: fc.Arbitrary<StepCommand> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: constant('done'), step, notes: note }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: constant('tick'),
      step,
      checked: fc.boolean(),
      edited: fc.record({ at: fc.nat({ max: 5 }), run: fc.nat({ max: 2 }) }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: constant('skip'), step, reason: text }) },
  { weight: 2, arbitrary: fc.record({ kind: constant('revert'), step, reason: note }) },
  fc.record({ kind: constant('ask-run'), step }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: constant('tick'), step, checked: fc.boolean(), edited: fc.record({ at: fc.nat(5), run: fc.nat(2) }) }),
  },
  fc.record({ kind: constant('override'), step, content: text }),
  fc.record({ kind: constant('reset'), step }),
  fc.record({ kind: constant('remove-custom'), step }),
  fc.record({ kind: constant('ask-run'), step }),
  { weight: 4, arbitrary: fc.record({ kind: constant('begin-run'), step, type, sha256: hash }) },
  fc.record({ kind: constant('drop-run'), step }),
  fc.record({ kind: constant('lose-run'), step, run_id: fc.constantFrom(1, 2), run_attempt: fc.constantFrom(1, 2) }),
  fc.record({
    kind: constant('record-run'),
    step,
    exit_code: fc.constantFrom(0, 3),
    conclusion: fc.constant('ended'),
    url: fc.constant('https://github.example/run'),
  }),
  fc.record({
    kind: constant('import-cells'),
    cells: fc.uniqueArray(
      fc.record({
        step,
        status: fc.constantFrom(...STEP_STATUSES),
        executed_at: fc.constantFrom(null, 7),
        executed_by: fc.constantFrom(null, 'operator', 'somebody'),
        reason: note,
        notes: note,
      }),
      { selector: (cell) => cell.step, maxLength: 3 },
    ),
  }),
  fc.record({
    kind: constant('edit-custom'),
    step,
    name: fc.constantFrom(null, 'Renamed', ' '),
    type: fc.option(type, { nil: null }),
    content: fc.constantFrom(null, 'z'),
    anchor,
  }),
  { weight: 2, arbitrary: fc.record({ kind: constant('add-custom'), category, type, name: fc.constant('Own'), content: text, anchor }) },
)

export type Move =
  | { readonly on: 'release'; readonly command: ReleaseCommand }
  /** The same for several customers, one after the other, as a selector names them. */
  | { readonly on: readonly string[]; readonly command: StepCommand; readonly login: string }

const login = fc.constantFrom('maintainer', 'operator')
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ on: constant('release'), command: onRelease }) },
  { weight: 1, arbitrary: fc.record({ on: constant('release'), command: archive }) },
  { weight: 60, arbitrary: fc.record({ on: fc.constantFrom(...ADDRESSES).map((one) => [one]), command: onStep, login }) },
  { weight: 15, arbitrary: fc.record({ on: fc.subarray([...ADDRESSES], { minLength: 2 }), command: onStep, login }) },
)

const first: Move = {
  on: 'release',
  command: {
    kind: 'activate',
    facts: FACTS,
    steps: [stepOf('a'), stepOf('b'), stepOf('c', { category: 'verify' })],
    customers: ADDRESSES.slice(0, 2).map(customerOf),
  },
}

/** Of ten sequences, nine begin with a release that is worked off; in one, nothing is known of it yet. */
export const moves: fc.Arbitrary<readonly Move[]> = fc
  .record({ isBegun: fc.integer({ min: 0, max: 9 }), rest: fc.array(move, { maxLength: 40 }) })
  .map(({ isBegun, rest }) => (isBegun === 0 ? rest : [first, ...rest]))

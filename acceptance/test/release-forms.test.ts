import { sha256 } from '@switchyard/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHotfixStage, lookAtRelease, type ReleaseStage } from '../src/index.ts'
import { RUN_PATH, RUN_WORKFLOW, runsOf } from '../src/release-runs.ts'

type Inputs = Readonly<Record<string, string>>
/** What is filled in beside the release `hotfix`, the reason that it ends with, and what is said: what is wrong where, and what to do. */
type Wrong = readonly [Inputs, string, RegExp]

const DRAFT = 'name: D\ntype: release\nsteps: { deploy: [], verify: [] }\n'
const BREDE = { step: 'rotate', customers: 'eu-1/brede' } as const
const NOBODY = /^The input `customers`: Nobody is named\. Name whom it is for, or write “--all”\.$/
const NOT_ONE = /^The input `customers`: Exactly one is to be named here\. Name one: “cluster\/namespace”, or a bare name\.$/
const NO_STEP = /^The input `step` is missing\. Fill in the step, by its id\.$/
const UNKNOWN_STEP = /^eu-1\/brede has no step no\. Its steps are rotate, reload, handshake\.$/
const UNKNOWN_CUSTOMER = /^No customer matches “no”\. There are .*“brede”/
const UNKNOWN_RELEASE =
  /^There is no release no: release\/releases\/no\.yml is not in the default branch\. There are draft, hotfix: check the slug, or merge its file first\.$/
const IS_DRAFT = /^The release draft is a draft: nobody works on it yet\. Begin it with \/release activate draft\.$/
const NO_RELEASE = /^Which release is meant is not said\. .*a form names it as “release”/
const TOO_LONG = (what: string) => new RegExp(`^The ${what}.* \\d+ (characters|bytes); \\d+ are allowed\\. \\S.*\\.$`)
const NEED_INPUT = (field: string) => new RegExp(`^The input \`${field}\` is missing\\. Fill in .+\\.$`)

let stage: ReleaseStage
beforeAll(async () => {
  stage = await createHotfixStage({ files: { [RUN_PATH]: RUN_WORKFLOW, 'release/releases/draft.yml': DRAFT } })
})
afterAll(() => stage.close())

/** What the step’s content is known by. */
const ROTATE = sha256('echo rotated')

const WRONG: readonly Wrong[] = [
  [{ mode: 'explode' }, 'invalid-input', /^The input `mode` is "explode", but has to be one of .*`approve`.* Correct `mode:`/],
  [{ mode: 'list', 'dry-run': 'maybe' }, 'invalid-input', /^The input `dry-run` is "maybe", but has to be true or false\. Correct/],
  [{ mode: 'list', issue: 'x' }, 'invalid-input', /^The input `issue` is "x", but has to be a whole number .* Correct/],

  [{ mode: 'activate', release: '' }, 'request-invalid', NEED_INPUT('release')],
  [{ mode: 'activate', release: '../hotfix' }, 'request-invalid', /^The input `release` is no release’s slug\. It is the name of its file/],
  [{ mode: 'activate', release: 'no' }, 'release-not-found', UNKNOWN_RELEASE],
  [{ mode: 'activate' }, 'not-draft', /^The release hotfix is active already\. Go on at its board; /],
  [{ mode: 'activate', release: 'draft', customers: 'no' }, 'no-customers', UNKNOWN_CUSTOMER],
  [
    { mode: 'activate', release: 'draft', customers: 'eu-1/old-quay' },
    'no-customers',
    /^eu-1\/old-quay is not active\. Name active customers/,
  ],

  [{ mode: 'add' }, 'request-invalid', NOBODY],
  [{ mode: 'add', ...BREDE }, 'all-customers-in', /are in hotfix already\. Name others; \/release status shows who is in\.$/],
  [{ mode: 'add', release: 'draft', ...BREDE }, 'not-active', IS_DRAFT],
  [{ mode: 'archive', release: '' }, 'release-not-found', NO_RELEASE],
  [{ mode: 'archive', release: 'no' }, 'release-not-found', UNKNOWN_RELEASE],

  [{ mode: 'status', release: '' }, 'release-not-found', NO_RELEASE],
  [{ mode: 'status', release: 'draft' }, 'not-active', IS_DRAFT],
  [
    { mode: 'status', customers: 'eu-1\nus-1' },
    'request-invalid',
    /^The input `customers` names one cluster here\. Leave it empty for all\.$/,
  ],
  [{ mode: 'progress', release: 'no' }, 'release-not-found', UNKNOWN_RELEASE],
  [{ mode: 'customer' }, 'request-invalid', NOT_ONE],
  [{ mode: 'customer', customers: 'eu-1/brede us-1/pelican' }, 'request-invalid', NOT_ONE],
  [
    { mode: 'customer', customers: 'tag:canary' },
    'request-invalid',
    /^The input `customers`: “tag:canary” can stand for several\. Name one/,
  ],
  [{ mode: 'customer', customers: 'no' }, 'no-customers', UNKNOWN_CUSTOMER],
  [{ mode: 'show', customers: 'brede' }, 'request-invalid', NO_STEP],
  [{ mode: 'show', step: 'rotate' }, 'request-invalid', NOT_ONE],
  [{ mode: 'show', ...BREDE, step: 'no' }, 'unknown-step', UNKNOWN_STEP],

  ...['done', 'skip', 'revert', 'override', 'reset', 'approve'].flatMap((mode): readonly Wrong[] => {
    const rest = { reason: 'why', content: 'echo', sha256: ROTATE }
    return [
      [{ mode, ...rest, customers: 'brede' }, 'request-invalid', NO_STEP],
      [{ mode, ...rest, step: 'rotate' }, 'request-invalid', NOBODY],
      [{ mode, ...rest, ...BREDE, step: 'no' }, 'unknown-step', UNKNOWN_STEP],
      [{ mode, ...rest, ...BREDE, customers: 'no' }, 'no-customers', UNKNOWN_CUSTOMER],
      [{ mode, ...rest, ...BREDE, release: 'draft' }, 'not-active', IS_DRAFT],
      [{ mode, ...rest, ...BREDE, release: 'no' }, 'release-not-found', UNKNOWN_RELEASE],
    ]
  }),
  [
    { mode: 'done', ...BREDE, customers: '!brede' },
    'request-invalid',
    /^The input `customers`: The selectors only say who is left out\. Add/,
  ],
  [{ mode: 'done', ...BREDE, customers: 'a "b' }, 'request-invalid', /^The input `customers`: A quote is opened here .*Close it/],
  [{ mode: 'done', ...BREDE, notes: 'x'.repeat(1_001) }, 'text-too-long', TOO_LONG('text for eu-1/brede')],
  [{ mode: 'skip', ...BREDE }, 'request-invalid', NEED_INPUT('reason')],
  [{ mode: 'skip', ...BREDE, reason: '  ' }, 'request-invalid', NEED_INPUT('reason')],
  [{ mode: 'revert', ...BREDE }, 'wrong-status', /^rotate is still pending for eu-1\/brede: there is nothing to take back\. /],
  [{ mode: 'override', ...BREDE }, 'request-invalid', NEED_INPUT('content')],
  [{ mode: 'override', ...BREDE, content: 'x'.repeat(70_000) }, 'text-too-long', TOO_LONG('content for eu-1/brede')],

  [{ mode: 'add-step', customers: 'brede', content: 'x' }, 'request-invalid', NEED_INPUT('name')],
  [{ mode: 'add-step', customers: 'brede', name: 'X' }, 'request-invalid', NEED_INPUT('content')],
  [{ mode: 'add-step', name: 'X', content: 'x' }, 'request-invalid', NOBODY],
  ...(
    [
      [{ name: 'X\nY' }, 'request-invalid', /^The input `name` must be one line\. Write it on one line\.$/],
      [{ name: 'X'.repeat(161) }, 'text-too-long', TOO_LONG('step’s name')],
      [{ category: 'no' }, 'invalid-input', /^The input `category` is "no", but has to be one of `deploy`, `verify`\. Correct/],
      [{ type: 'no' }, 'invalid-input', /^The input `type` is "no", but has to be one of `bash`, `sql`, `text`\. Correct/],
      [{ anchor: 'rotate' }, 'request-invalid', /^The input `anchor` is not understood\. Write `before:<step>` or `after:<step>`\.$/],
      [
        { anchor: 'after:no' },
        'unknown-anchor',
        /^eu-1\/brede has no step no to put another beside\. Its steps are rotate, reload, handshake\.$/,
      ],
    ] as const
  ).map(([more, reason, why]): Wrong => [{ mode: 'add-step', customers: 'brede', name: 'X', content: 'x', ...more }, reason, why]),
  ...['edit-step', 'remove-step'].flatMap((mode): readonly Wrong[] => [
    [{ mode, customers: 'brede', name: 'Y' }, 'request-invalid', NO_STEP],
    [{ mode, step: 'custom-1', name: 'Y' }, 'request-invalid', NOT_ONE],
    [{ mode, ...BREDE, customers: '--all' }, 'request-invalid', NOT_ONE],
    [{ mode, ...BREDE, step: 'no' }, 'unknown-step', UNKNOWN_STEP],
    [
      { mode, ...BREDE },
      'not-custom',
      /^rotate comes from the release’s file; only a step of eu-1\/brede’s own .*\/step override rotate eu-1\/brede$/,
    ],
  ]),

  [{ mode: 'run', release: '', ...BREDE }, 'request-invalid', NEED_INPUT('release')],
  [{ mode: 'run', customers: 'brede' }, 'request-invalid', NO_STEP],
  [{ mode: 'run', step: 'rotate' }, 'request-invalid', NOT_ONE],
  [{ mode: 'run', step: 'rotate', customers: 'eu-1/brede us-1/pelican' }, 'request-invalid', NOT_ONE],
  [{ mode: 'run', ...BREDE, customers: 'no' }, 'no-customers', UNKNOWN_CUSTOMER],
  [{ mode: 'run', ...BREDE, step: 'no' }, 'unknown-step', UNKNOWN_STEP],
  [{ mode: 'run', ...BREDE, step: 'handshake' }, 'text-not-run', /^handshake is a text for people.*\/step done handshake/],
  [
    { mode: 'run', ...BREDE, customers: 'eu-1/old-quay' },
    'customer-not-in-release',
    /^eu-1\/old-quay is not in the release hotfix\. Add it/,
  ],
  [{ mode: 'run', ...BREDE, release: 'draft' }, 'not-active', IS_DRAFT],
  [{ mode: 'run', ...BREDE, release: 'no' }, 'release-not-found', UNKNOWN_RELEASE],
  [{ mode: 'run', ...BREDE, issue: '99' }, 'issue-not-found', /^There is no issue #99/],
  [
    { mode: 'run', ...BREDE, 'run-workflow': 'no.yml' },
    'run-not-started',
    /^The default branch has no workflow no\.yml.* Add it .*actions: write/,
  ],
  [{ mode: 'run', ...BREDE, environment: 'us-1' }, 'environment-differs', /^eu-1 belongs to the environment eu-1, and not to us-1\. Start/],

  ...['import', 'export'].flatMap((mode): readonly Wrong[] => [
    [{ mode, release: '' }, 'request-invalid', /^The input `release` is missing\. Name the release/],
    [{ mode, release: 'draft' }, 'not-active', IS_DRAFT],
    [{ mode, release: 'no' }, 'release-not-found', UNKNOWN_RELEASE],
  ]),
  [{ mode: 'import', 'csv-path': 'no.csv' }, 'csv-not-found', /^There is no no\.csv in the default branch of acme\/platform\. Merge/],
  [{ mode: 'export', 'csv-path': '/etc/x' }, 'export-path-outside', /^csv-path leads out of the workspace: \/etc\/x .*Name a file below/],
  [{ mode: 'sync', release: 'no' }, 'release-not-found', UNKNOWN_RELEASE],
  [{ mode: 'sweep', release: 'no' }, 'release-not-found', UNKNOWN_RELEASE],
  [
    { mode: 'done', ...BREDE, 'inventory-path': 'no.yml' },
    'inventory-not-found',
    /no readable no\.yml .* name another by `inventory-path`\.$/,
  ],
]

/** Events, but for those that only say what was asked for. */
async function count(): Promise<number> {
  return (await lookAtRelease(stage)).events.filter(({ type }) => type !== 'release.step-run-asked').length
}

test.each(WRONG.map((wrong) => [JSON.stringify(wrong[0]).slice(0, 90), ...wrong] as const))(
  'the form %s is told what is wrong with it',
  async (_, inputs, reason, why) => {
    const before = await count()
    const { outputs, exitCode, annotations } = await stage.play({ inputs: { release: 'hotfix', ...inputs } })
    const errors = annotations.filter(({ level }) => level === 'error').map(({ message }) => message.replaceAll('\n', ' '))
    expect([outputs['reason-code'], errors]).toEqual([reason, [expect.stringMatching(why)]])
    expect(exitCode).toBe(1)
    expect([await count(), runsOf(stage)]).toEqual([before, []])
  },
)

test('the form approve lets content run, once, and only an admin may fill it in', async () => {
  const inputs = { mode: 'approve', release: 'hotfix', ...BREDE, sha256: ROTATE }
  expect((await stage.play({ inputs, actor: 'writer' })).outputs['reason-code']).toBe('not-allowed')
  expect((await stage.play({ inputs: { ...inputs, 'dry-run': 'true' } })).outputs['reason-code']).toBe('dry-run')
  expect((await stage.play({ inputs })).outputs).toMatchObject({ decision: 'done', changes: '1' })
  expect((await stage.play({ inputs })).outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'nothing-changed' })
})

test('the form run takes a customer’s bare name where it is the only one', async () => {
  const { outputs } = await stage.play({ inputs: { mode: 'run', release: 'hotfix', step: 'rotate', customers: 'pelican' } })
  expect(outputs).toMatchObject({ decision: 'done', 'reason-code': 'run-started' })
  expect(runsOf(stage).map(({ inputs }) => inputs['customers'])).toEqual(['us-1/pelican'])
})

import { sha256 } from '@switchyard/core'
import { expect, it } from 'vitest'
import type { Command, ImportedCell } from '../src/release/command.ts'
import { REJECTIONS, type RejectionCode } from '../src/release/reject.ts'
import { customerOf, FACTS, Stage, stepOf } from './release-stage.ts'

const ACME = 'eu-1/acme'
const STEPS = [
  stepOf('build'),
  stepOf('done'),
  stepOf('gone'),
  stepOf('smoke', { category: 'verify' }),
  stepOf('look', { category: 'verify', type: 'text' }),
]

/** A release with a copy in each state: `done` is done, `gone` is skipped and without template, `custom-1` is the customer's own. */
function stageOf(state: 'draft' | 'active' | 'archived'): Stage {
  const stage = new Stage()
  if (state === 'draft') return stage
  stage.ask(undefined, { kind: 'activate', facts: FACTS, steps: STEPS, customers: [customerOf(ACME)] })
  stage.ask(ACME, { kind: 'done', step: 'done', notes: null })
  stage.ask(ACME, { kind: 'skip', step: 'gone', reason: 'no need' })
  stage.ask(ACME, { kind: 'add-custom', category: 'deploy', type: 'bash', name: 'Own', content: 'x', anchor: null })
  stage.ask(undefined, { kind: 'sync-template', steps: STEPS.filter(({ id }) => id !== 'gone') })
  if (state === 'archived') stage.ask(undefined, { kind: 'archive', facts: FACTS })
  return stage
}

/** One of its steps is being run. */
function runningStage(): Stage {
  const stage = stageOf('active')
  stage.ask(ACME, { kind: 'begin-run', step: 'build', type: 'bash', sha256: sha256('echo build') })
  return stage
}

const done = (step: string): Command => ({ kind: 'done', step, notes: null })
const activate = (customers = [customerOf(ACME)], steps = STEPS): Command => ({ kind: 'activate', facts: FACTS, steps, customers })
const edit = (step: string, anchor: string | null = null): Command => ({
  kind: 'edit-custom',
  step,
  name: 'New',
  type: null,
  content: null,
  anchor: anchor === null ? null : { position: 'after', step: anchor },
})
const row = (words: Partial<ImportedCell> & { readonly step: string }): Command => ({
  kind: 'import-cells',
  cells: [{ status: 'done', executed_at: null, executed_by: null, reason: null, notes: null, ...words }],
})

const HASH = 'f'.repeat(64)
const approve = (step: string): Command => ({
  kind: 'approve-content',
  step,
  sha256: HASH,
  customers: [{ cluster: 'eu-1', namespace: 'acme', environment: 'production' }],
})

type Refusal = readonly [RejectionCode, Stage, string | undefined, Command, string]

const REFUSALS: readonly Refusal[] = [
  [
    'NOT_ACTIVE',
    stageOf('draft'),
    ACME,
    done('build'),
    'The release spring is a draft: nobody works on it yet. Begin it with /release activate spring.',
  ],
  [
    'NOT_ACTIVE',
    stageOf('draft'),
    undefined,
    { kind: 'add-customers', customers: [] },
    'The release spring is a draft: nobody works on it yet. Begin it with /release activate spring.',
  ],
  [
    'NOT_ACTIVE',
    stageOf('archived'),
    ACME,
    done('build'),
    'The release spring is archived, which is final: it stays as it is. Write another release for what is left to do.',
  ],
  [
    'NOT_DRAFT',
    stageOf('active'),
    undefined,
    activate(),
    'The release spring is active already. Go on at its board; /release add brings further customers in.',
  ],
  [
    'NOT_DRAFT',
    stageOf('archived'),
    undefined,
    activate(),
    'The release spring is archived, which is final. Write another release, and activate that.',
  ],
  [
    'ALREADY_ARCHIVED',
    stageOf('archived'),
    undefined,
    { kind: 'archive', facts: FACTS },
    'The release spring is archived already. That is final: nothing is left to do.',
  ],
  [
    'NO_CUSTOMERS',
    stageOf('draft'),
    undefined,
    activate([]),
    'No active customer was found for spring. Add customers to the inventory, or name ones that are active there.',
  ],
  [
    'RESERVED_STEP',
    stageOf('draft'),
    undefined,
    activate(undefined, [stepOf('custom-1')]),
    'No step of a release’s file can have the id custom-1: it is kept for others. Give the step another id; those that begin with custom- are of customers’ own steps.',
  ],
  [
    'ALL_CUSTOMERS_IN',
    stageOf('active'),
    undefined,
    { kind: 'add-customers', customers: [customerOf(ACME)] },
    'All of these customers are in spring already. Name others; /release status shows who is in.',
  ],
  [
    'CUSTOMER_NOT_IN_RELEASE',
    stageOf('active'),
    'eu-1/beta',
    done('build'),
    'eu-1/beta is not in the release spring. Bring it in with /release add eu-1/beta',
  ],
  ['UNKNOWN_STEP', stageOf('active'), ACME, done('biuld'), 'eu-1/acme has no step biuld. Did you mean build?'],
  [
    'UNKNOWN_STEP',
    stageOf('active'),
    ACME,
    done('zzzzzz'),
    'eu-1/acme has no step zzzzzz. Its steps are build, done, gone, custom-1, smoke, look.',
  ],
  ['UNKNOWN_STEP', stageOf('active'), ACME, row({ step: 'zzzzzz' }), 'eu-1/acme has no step zzzzzz. Correct the row, or delete it.'],
  [
    'UNKNOWN_ANCHOR',
    stageOf('active'),
    ACME,
    edit('custom-1', 'smoek'),
    'eu-1/acme has no step smoek to put another beside. Did you mean smoke?',
  ],
  [
    'WRONG_STATUS',
    stageOf('active'),
    ACME,
    { kind: 'skip', step: 'done', reason: 'why' },
    'done is done for eu-1/acme, and so cannot be skipped. Take it back first: /step revert done eu-1/acme',
  ],
  [
    'WRONG_STATUS',
    stageOf('active'),
    ACME,
    { kind: 'revert', step: 'build', reason: null },
    'build is still pending for eu-1/acme: there is nothing to take back. Only what is done or skipped is reverted; name another step or customer.',
  ],
  [
    'WRONG_STATUS',
    stageOf('active'),
    ACME,
    row({ step: 'gone' }),
    'gone of eu-1/acme is skipped; an import only fills in what is pending. Delete the row, or change the step by a command first.',
  ],
  [
    'WRONG_STATUS',
    stageOf('active'),
    ACME,
    row({ step: 'build', status: 'pending', notes: 'x' }),
    'build of eu-1/acme is pending; nothing is kept of a pending step. Empty the row’s other cells.',
  ],
  [
    'REASON_NEEDED',
    stageOf('active'),
    ACME,
    { kind: 'skip', step: 'build', reason: ' ' },
    'Why build is skipped for eu-1/acme is not said. Write the reason at its end: /step skip build eu-1/acme "no need here"',
  ],
  [
    'REASON_NEEDED',
    stageOf('active'),
    ACME,
    row({ step: 'build', status: 'skipped' }),
    'Why build is skipped for eu-1/acme is not said. Write the reason into the row.',
  ],
  [
    'TEXT_TOO_LONG',
    stageOf('active'),
    ACME,
    { kind: 'done', step: 'build', notes: 'x'.repeat(1_001) },
    'The text for eu-1/acme has 1001 characters; 1000 are allowed. Say it in a comment of its own, and link to that.',
  ],
  [
    'ALREADY_DONE',
    stageOf('active'),
    ACME,
    { kind: 'override', step: 'done', content: 'x' },
    'done is done for eu-1/acme: its content is what was carried out. Take it back first: /step revert done eu-1/acme',
  ],
  [
    'NO_TEMPLATE',
    stageOf('active'),
    ACME,
    { kind: 'reset', step: 'custom-1' },
    'custom-1 is a step of eu-1/acme’s own: no template stands behind it. Change it with /step edit custom-1 eu-1/acme.',
  ],
  [
    'NO_TEMPLATE',
    stageOf('active'),
    ACME,
    { kind: 'reset', step: 'gone' },
    'The release’s file has no step gone any more. Put it back into the file, if it is to have a template again.',
  ],
  [
    'TEXT_NOT_ALLOWED',
    stageOf('active'),
    ACME,
    { kind: 'override', step: 'build', content: ' ' },
    'The content for eu-1/acme is empty. Write what is carried out.',
  ],
  [
    'WRONG_ANCHOR',
    stageOf('active'),
    ACME,
    edit('custom-1', 'smoke'),
    'smoke of eu-1/acme is a verify step, and cannot place a deploy step. Name one of its deploy steps.',
  ],
  [
    'WRONG_ANCHOR',
    stageOf('active'),
    ACME,
    edit('custom-1', 'custom-1'),
    'custom-1 of eu-1/acme cannot stand beside itself. Name a step that does not hang on it.',
  ],
  [
    'CONTENT_DIFFERS',
    stageOf('active'),
    undefined,
    approve('build'),
    'The content of build for eu-1/acme is 886dd02bd740… now, and not ffffffffffff…. Read it with /step show build eu-1/acme, and approve what stands there.',
  ],
  ...(['ask-run', 'begin-run'] as const).map((kind): Refusal => [
    'RUN_OPEN',
    runningStage(),
    ACME,
    kind === 'ask-run' ? { kind, step: 'build' } : { kind, step: 'build', type: 'bash', sha256: sha256('echo build') },
    'A run of build for eu-1/acme began at 2026-11-21T00:00:00Z for maintainer, and its end is not recorded (run 1, attempt 1). It goes on still, or was cut off behind its beginning. Look at it (/step show build eu-1/acme links it), and at what it changed; then say what is so: /step done build eu-1/acme, /step skip build eu-1/acme <reason>, or, to run it again, /step revert build eu-1/acme',
  ]),
  [
    'CONTENT_DIFFERS',
    stageOf('active'),
    ACME,
    { kind: 'begin-run', step: 'build', type: 'bash', sha256: HASH },
    'The content of build for eu-1/acme was changed just before it was to run. Read it with /step show build eu-1/acme, and start it again.',
  ],
  [
    'TEXT_NOT_RUN',
    stageOf('active'),
    undefined,
    approve('look'),
    'look is a text for people, and nothing that runs. Nothing is to be approved.',
  ],
  [
    'NOT_APPROVED',
    stageOf('active'),
    undefined,
    { kind: 'withdraw-approval', sha256: HASH, environments: ['production'] },
    'Content ffffffffffff… is not approved for production. Nothing is.',
  ],
  [
    'NOT_CUSTOM',
    stageOf('active'),
    ACME,
    edit('build'),
    'build comes from the release’s file; only a step of eu-1/acme’s own is edited or removed. Change the file for everybody, or the content for this customer: /step override build eu-1/acme',
  ],
]

it.each(REFUSALS.map(([code, stage, address, command, text]) => ({ code, stage, address, command, text })))(
  '$code: $text',
  ({ code, stage, address, command, text }) => {
    const refused = stage.ask(address, command)
    expect([refused?.code, `${refused?.message} ${refused?.hint}`]).toEqual([code, text])
  },
)

it('every code is among them', () => {
  expect([...new Set(REFUSALS.map(([code]) => code))].sort()).toEqual([...REJECTIONS].sort())
})

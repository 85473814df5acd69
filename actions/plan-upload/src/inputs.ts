import { defineAction, type RunArguments } from '@switchyard/action'
import { ledgerInputs } from '@switchyard/ledger'
import { REASON_CODES } from './reason-codes.ts'

/** What the action can be asked for; `auto` is told by the event. */
export const MODES = [
  'auto',
  'validate',
  'upload',
  'materialise',
  'sync',
  'review',
  'verify',
  'rollup',
  'status',
  'sweep',
  'grill-start',
  'grill-done',
  'plan-start',
  'plan-failed',
  'review-start',
  'cancel',
] as const

/** The registry: `action.yml`, the README's tables and the types of `run` come from it. */
export const spec = defineAction({
  name: 'Switchyard plan upload',
  description: 'Turn a written Markdown plan into an epic, stories and tasks, and hold pull requests against it',
  branding: { icon: 'list', color: 'purple' },
  schemaVersion: 1,
  inputs: {
    token: { kind: 'secret', description: 'Serves this repository: ledger, issues, check runs', default: '${{ github.token }}' },
    mode: { kind: 'choice', values: MODES, description: 'What to do; `auto`: what the event asks for', default: 'auto' },
    'plans-path': { kind: 'text', description: 'The folder of the plans’ files', default: 'plans' },
    'plan-path': { kind: 'text', description: 'The plan’s file, as the default branch has it; left out: where it came from before' },
    idea: {
      kind: 'integer',
      min: 1,
      max: 2_147_483_647,
      description: 'The number of the idea’s issue; left out: the event’s or the plan’s',
    },
    review: { kind: 'text', description: 'For `review`: the result of one round, as JSON' },
    confirm: { kind: 'text', description: 'For `sync`, and a later `materialise`: the hash of the difference that is to be applied' },
    'pull-request': { kind: 'integer', min: 1, max: 2_147_483_647, description: 'For `verify`: the pull request; left out: the event’s' },
    'target-repository': {
      kind: 'text',
      description: 'Where the issues are made, `owner/name`, which accepts this repository; left out: this repository',
    },
    'target-token': { kind: 'secret', description: 'Serves the `target-repository`; left out: `token`' },
    'allow-mentions': {
      kind: 'boolean',
      description: 'Whether mentions and references in a plan come alive in its issues',
      default: false,
    },
    'dry-run': { kind: 'boolean', description: 'Say what would change, and change nothing', default: false },
    ...ledgerInputs('switchyard/plan'),
    'allow-public-ledger': {
      kind: 'boolean',
      description: 'Whether a public ledger, or a public idea’s card, may tell of a private repository’s plans and issues',
      default: false,
    },
  },
  outputs: {
    idea: 'The number of the idea’s issue',
    status: 'Where the idea stands, such as `PLAN_READY`',
    epic: 'The number of the epic’s issue',
    issues: 'How many issues were created or changed',
    hash: 'What `confirm` has to name, where a difference waits for it',
    verdict: 'What `verify` found: `ALIGNED`, `PARTIAL`, `DIVERGENT` or `NEUTRAL`',
  },
  reasonCodes: REASON_CODES,
})

export type Spec = typeof spec
export type Arguments = RunArguments<Spec>

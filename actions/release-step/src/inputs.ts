import { defineAction, type RunArguments } from '@switchyard/action'
import { CATEGORIES, STEP_TYPES } from '@switchyard/releasing'
import { ledgerInputs } from '@switchyard/ledger'
import { REASON_CODES } from './reason-codes.ts'

/** What the action can be asked for; `auto` is told by the event. */
export const MODES = [
  'auto',
  'activate',
  'add',
  'archive',
  'status',
  'progress',
  'list',
  'customer',
  'show',
  'done',
  'skip',
  'revert',
  'override',
  'reset',
  'add-step',
  'edit-step',
  'remove-step',
  'approve',
  'run',
  'import',
  'export',
  'lint',
  'sync',
  'sweep',
] as const

/** The registry: `action.yml`, the README's tables and the types of `run` come from it. */
export const spec = defineAction({
  name: 'Switchyard release step',
  description: 'Walk one release through many customers, step by step, from an issue',
  branding: { icon: 'check-square', color: 'blue' },
  schemaVersion: 1,
  inputs: {
    token: { kind: 'secret', description: 'Serves this repository: ledger, board, check run, templates', default: '${{ github.token }}' },
    mode: { kind: 'choice', values: MODES, description: 'What to do; `auto`: what the event asks for', default: 'auto' },
    'inventory-path': { kind: 'text', description: 'Where clusters and customers are written down', default: 'release/inventory.yml' },
    'releases-path': { kind: 'text', description: 'The folder of the releases’ files', default: 'release/releases' },
    release: { kind: 'text', description: 'The release’s slug; left out: the issue’s' },
    step: { kind: 'text', description: 'The step’s id' },
    customers: {
      kind: 'lines',
      description:
        'Selectors, in lines or parted by spaces: `eu-1/acme`, `cluster:eu-*`, `tag:canary`, `!acme`, `--all`; for `status` a cluster’s name',
    },
    notes: { kind: 'text', description: 'Notes for `done`' },
    reason: { kind: 'text', description: 'The reason for `skip` and `revert`' },
    content: { kind: 'text', description: 'The content for `override`, `add-step` and `edit-step`' },
    category: { kind: 'choice', values: CATEGORIES, description: 'Where `add-step` puts it', default: 'deploy' },
    type: { kind: 'choice', values: STEP_TYPES, description: 'What `add-step` adds (left out: `bash`), or `edit-step` makes of it' },
    name: { kind: 'text', description: 'The name for `add-step` and `edit-step`' },
    anchor: { kind: 'text', description: 'Where it stands: `before:<step>` or `after:<step>`' },
    sha256: { kind: 'text', description: 'The SHA-256 of the content that `approve` lets run, as `show` prints it' },
    template: { kind: 'boolean', description: 'Whether `add-step` writes it into the release’s file, for every customer', default: false },
    withdraw: { kind: 'boolean', description: 'Whether `approve` takes the approval back', default: false },
    issue: { kind: 'integer', min: 1, max: 2_147_483_647, description: 'The issue that is answered on; left out: the event’s' },
    'csv-path': {
      kind: 'text',
      description: 'The file that `import` reads in the default branch, or `export` writes in the workspace',
      default: 'release/matrix.csv',
    },
    'run-workflow': { kind: 'text', description: 'The workflow that runs a step in its environment', default: 'release-run.yml' },
    environment: {
      kind: 'text',
      description: 'For `run`: the environment that the job has; with it the step is carried out, without it its run is started',
    },
    'dry-run': { kind: 'boolean', description: 'Say what would change, and change nothing', default: false },
    ...ledgerInputs('switchyard/release'),
    'allow-public-ledger': {
      kind: 'boolean',
      description: 'Whether a public ledger may keep what a private repository’s releases are',
      default: false,
    },
  },
  outputs: {
    release: 'The release’s slug',
    percent: 'How far it is, in whole per cent; empty without steps',
    changes: 'How many copies of steps changed',
    board: 'The board’s address',
  },
  reasonCodes: REASON_CODES,
})

export type Spec = typeof spec
export type Arguments = RunArguments<Spec>

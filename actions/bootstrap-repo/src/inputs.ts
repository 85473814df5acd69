import { defineAction } from '@switchyard/action'
import { VISIBILITIES } from '@switchyard/bootstrapping'
import { ledgerInputs } from '@switchyard/ledger'
import { REASON_CODES } from './reason-codes.ts'

/** What the action can be asked for; `auto` is told by the event. */
export const MODES = [
  'auto',
  'preview',
  'create',
  'cancel',
  'retry',
  'recover',
  'cleanup',
  'drift',
  'update',
  'lint',
  'verify-token',
] as const

/** The registry: `action.yml`, the README's tables and the types of `run` come from it. */
export const spec = defineAction({
  name: 'Switchyard bootstrap repository',
  description: 'Make a repository from a template at a tag and a recipe: previewed, resumable, kept up to date',
  branding: { icon: 'package', color: 'blue' },
  schemaVersion: 1,
  inputs: {
    token: { kind: 'secret', description: 'Serves this repository: ledger, issue, check run', default: '${{ github.token }}' },
    'bootstrap-token': { kind: 'secret', description: 'Reads the template, makes repositories and updates them' },
    'app-id': { kind: 'text', description: 'App id or client id of a GitHub App that does so, in place of `bootstrap-token`' },
    'private-key': { kind: 'secret', description: 'The private key of the App, as PEM' },
    mode: { kind: 'choice', values: MODES, description: 'What to do; `auto`: what the event asks for', default: 'auto' },
    'catalog-path': { kind: 'text', description: 'Where this repository’s catalogue is', default: 'bootstrap/catalog.yml' },
    'request-path': {
      kind: 'text',
      description: 'A `bootstrap.json` of this repository that says what is wanted, in place of the inputs below',
    },
    owner: { kind: 'text', description: 'Who will own the repository' },
    name: { kind: 'text', description: 'The repository’s name' },
    visibility: { kind: 'choice', values: VISIBILITIES, description: 'Who may see it', default: 'private' },
    selections: {
      kind: 'text',
      description: 'Options by category: JSON, or a line `category: option, option` each; what is left out takes its defaults',
    },
    approved: { kind: 'text', description: 'The approval hash of a preview: the run is refused when it is another one today' },
    issue: { kind: 'integer', min: 1, max: 2_147_483_647, description: 'The issue that is the conversation; left out: the event’s' },
    repin: { kind: 'boolean', description: 'Take the template’s tag as it is now, though it has moved', default: false },
    cleanup: {
      kind: 'choice',
      values: ['delete', 'resolve'],
      description: 'For `cleanup`: whether what was left over is deleted, or kept',
      default: 'resolve',
    },
    confirm: { kind: 'text', description: 'For `cleanup`: the repository’s full name, written out' },
    repositories: { kind: 'lines', description: 'For `drift` and `update`: full names, one a line; left out: all that the ledger knows' },
    ...ledgerInputs('switchyard/bootstrap'),
    'allow-public-ledger': {
      kind: 'boolean',
      description: 'Whether a public ledger, or a public repository’s issues and logs, may tell about private repositories',
      default: false,
    },
  },
  outputs: {
    'run-id': 'The id of the run that was started',
    repository: 'The full name of the repository that was made',
    'repository-url': 'Its address',
    'approval-hash': 'What a preview asks to be approved',
    'recipe-hash': 'What the recipe does, as a hash',
    'catalog-version': 'What the catalogue offers, as a hash',
    report: 'A preview’s report as JSON',
    'pull-requests': 'The addresses of the update pull requests, as JSON',
  },
  reasonCodes: REASON_CODES,
})

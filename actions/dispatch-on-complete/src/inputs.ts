import { defineAction } from '@switchyard/action'
import { CREATE_ISSUES, DEFAULT_MAX_DEPTH, FAIL_ON, ON_RERUN } from '@switchyard/dispatching'
import { ledgerInputs } from '@switchyard/ledger'
import { REASON_CODES } from './reason-codes.ts'

/** The registry: `action.yml`, the README's tables and the types of `run` come from it. */
export const spec = defineAction({
  name: 'Switchyard dispatch on complete',
  description: 'When a workflow run completes here, start the workflows that this repository asks for and the targets allow',
  branding: { icon: 'git-merge', color: 'blue' },
  schemaVersion: 1,
  inputs: {
    token: {
      kind: 'secret',
      description: 'Serves this repository: ledger, check run, issues',
      default: '${{ github.token }}',
    },
    'target-token': { kind: 'secret', description: 'Serves every other repository: reads its consent and starts its workflow' },
    'app-id': {
      kind: 'text',
      description: 'App id or client id of a GitHub App that serves every other repository, in place of `target-token`',
    },
    'private-key': { kind: 'secret', description: 'The private key of the App, as PEM' },
    'config-path': {
      kind: 'text',
      description:
        'Where this repository’s rules are; left out: `.github/dispatching.yml`, else `dispatching.yml`. Read from the default branch',
    },
    mode: {
      kind: 'choice',
      values: ['event'],
      description: '`event`: act on the `workflow_run` event that started this run',
      default: 'event',
    },
    'default-ref': { kind: 'text', description: 'Ref for targets that name none; left out: the target’s default branch' },
    'create-issues': {
      kind: 'choice',
      values: CREATE_ISSUES,
      aliases: { true: 'always', false: 'never' },
      description: 'Whether problems (`failures`), everything (`always`) or nothing (`never`) becomes an issue',
      default: 'failures',
    },
    'issue-repository': { kind: 'text', description: 'Where issues are written, `owner/name`; left out: this repository' },
    'allow-forks': { kind: 'boolean', description: 'Whether runs of a fork’s commits may start anything', default: false },
    'on-rerun': {
      kind: 'choice',
      values: ON_RERUN,
      description: 'Whether a re-run of the completed run is skipped, or dispatched once more for each attempt',
      default: 'skip',
    },
    'max-depth': {
      kind: 'integer',
      min: 1,
      max: 100,
      description: 'How many dispatches may follow one another from one cause',
      default: DEFAULT_MAX_DEPTH,
    },
    'max-parallel': { kind: 'integer', min: 1, max: 50, description: 'How many dispatches are under way at a time', default: 10 },
    'fail-on': {
      kind: 'choice',
      values: FAIL_ON,
      description: 'What makes the step fail: a target that `failed`, one that `denied` (or failed), or `never`',
      default: 'failed',
    },
    ...ledgerInputs('switchyard/dispatch'),
    'allow-public-ledger': { kind: 'boolean', description: 'Whether a public ledger may tell about private targets', default: false },
    'dry-run': { kind: 'boolean', description: 'Decide and report, but start and write nothing', default: false },
  },
  outputs: {
    dispatched: 'How many workflows were started',
    skipped: 'How many targets this repository’s own filters or an earlier dispatch left out',
    denied: 'How many targets did not allow it',
    failed: 'How many targets could not be dispatched to',
    results: 'JSON: `schema_version` and one entry a target',
    'correlation-id': 'The id under which everything that follows from the completed run is found',
  },
  reasonCodes: REASON_CODES,
})

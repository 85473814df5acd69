import { defineAction } from '@switchyard/action'
import { RULED_STREAMS } from '@switchyard/streams'
import { REASON_CODES } from './reason-codes.ts'

/** The registry: `action.yml`, the README's tables and the types of `run` come from it. */
export const spec = defineAction({
  name: 'Switchyard ledger',
  description: 'Verify, rebuild or export a state branch',
  branding: { icon: 'database', color: 'blue' },
  schemaVersion: 1,
  inputs: {
    token: { kind: 'secret', description: 'Reads the ledger, and writes it for `rebuild`', default: '${{ github.token }}' },
    command: {
      kind: 'choice',
      values: ['verify', 'rebuild', 'export'],
      description: '`verify`: compare every derived file with the events; `rebuild`: make them anew; `export`: all events as JSON Lines',
      default: 'verify',
    },
    stream: { kind: 'choice', values: RULED_STREAMS, description: 'Whose ledger it is', default: 'dispatch' },
    'ledger-branch': { kind: 'text', description: 'The branch that keeps the ledger; left out: `switchyard/<stream>`' },
    'ledger-repository': { kind: 'text', description: 'The repository that keeps it, `owner/name`; left out: this repository' },
    'export-path': { kind: 'text', description: 'Where `export` writes, relative to the workspace', default: 'ledger.jsonl' },
    'export-texts': {
      kind: 'boolean',
      description: 'Whether `export` writes the texts beside the events too, each as a line of `sha256` and `text` after them',
      default: false,
    },
  },
  outputs: {
    events: 'How many events the ledger holds',
    findings: 'How many findings `verify` made, warnings included',
  },
  reasonCodes: REASON_CODES,
})

import { defineAction } from '../src/spec.ts'

export const MODES = ['event', 'sweep'] as const

/** An action with one input of every kind. */
export const sample = defineAction({
  name: 'sample',
  description: 'Shows every kind of input.',
  author: 'Switchyard',
  branding: { icon: 'git-branch', color: 'blue' },
  schemaVersion: 1,
  inputs: {
    token: { kind: 'secret', description: 'The token.', required: true, default: '${{ github.token }}' },
    'private-key': { kind: 'secret', description: 'The key of an App.' },
    'config-path': { kind: 'text', description: 'Where the file is.' },
    'issue-title': { kind: 'text', description: 'A title.', default: 'Hello' },
    'default-ref': { kind: 'text', description: 'A branch.', default: '${{ github.event.repository.default_branch }}' },
    mode: { kind: 'choice', values: MODES, aliases: { auto: 'event' }, description: 'What to do.', default: 'event' },
    'max-parallel': { kind: 'integer', min: 1, max: 50, description: 'How many at a time.', default: 10 },
    'dry-run': { kind: 'boolean', description: 'Only say what would be done.', default: false },
    repositories: { kind: 'list', description: 'Which ones.' },
    commands: { kind: 'lines', description: 'What to run.', default: ['one', 'two'] },
    extra: { kind: 'json', description: 'More | data.' },
  },
  outputs: { count: 'How many.', items: 'All of them, as JSON.' },
  reasonCodes: { fine: 'It went well.', 'not-there': 'There is nothing to do it to.' },
})

import { defineCommands, familiesOf, helpCommand } from '@switchyard/commands'
import { FULL_NAME } from '@switchyard/core'

/** Everything that can be asked for on an issue. */
export const COMMANDS = defineCommands([
  { family: 'bootstrap', name: 'preview', summary: 'Shows what a run would make' },
  { family: 'bootstrap', name: 'run', summary: 'Makes what the newest preview above the comment shows' },
  { family: 'bootstrap', name: 'cancel', summary: 'Ends the run before its next step' },
  { family: 'bootstrap', name: 'retry', summary: 'Tries the last run again, if it failed and would make the same' },
  {
    family: 'bootstrap',
    name: 'cleanup',
    summary: 'Deletes what a failed run left over, or keeps it',
    arguments: [
      { kind: 'choice', name: 'what', choices: ['delete', 'resolve'] },
      { kind: 'word', name: 'repository', pattern: { source: FULL_NAME.source, expects: 'owner/name' } },
    ],
    role: 'maintain',
  },
  helpCommand,
] as const)

export const FAMILIES = familiesOf(COMMANDS)

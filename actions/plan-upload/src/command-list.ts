import { defineCommands, familiesOf, helpCommand } from '@switchyard/commands'
import { FULL_NAME } from '@switchyard/core'

const PATH = { kind: 'word', name: 'path', optional: true } as const
const REPOSITORY = {
  kind: 'word',
  name: 'repository',
  optional: true,
  pattern: { source: FULL_NAME.source, expects: 'owner/name' },
} as const
const HASH = {
  kind: 'value',
  value: 'hash',
  summary: 'applies the difference that was shown with this hash, if it is still the same',
} as const
const DRY_RUN = { 'dry-run': { kind: 'switch', summary: 'says what would change, and changes nothing' } } as const

/**
 * Everything that can be asked for on an idea's issue. Whoever opened the issue may use all of them; the roles are those of everybody
 * else. Source: plan contract, idea states.
 */
export const COMMANDS = defineCommands([
  {
    family: 'plan',
    name: 'upload',
    summary: 'Takes the plan from a file of the repository, from below the command, or from the issue’s own text',
    arguments: [PATH],
    block: 'optional',
    flags: DRY_RUN,
    role: 'maintain',
  },
  {
    family: 'plan',
    name: 'grill',
    summary: 'Begins questioning the idea, or says that it is done',
    arguments: [{ kind: 'choice', name: 'step', choices: ['start', 'done'] }],
    role: 'maintain',
  },
  {
    family: 'plan',
    name: 'plan',
    summary: 'Says that the plan is being written, or that this failed',
    arguments: [{ kind: 'choice', name: 'step', choices: ['start', 'failed'] }],
    role: 'maintain',
  },
  {
    family: 'plan',
    name: 'review',
    summary: 'Begins a review, ends it with a word of your own, or takes a round’s result as JSON',
    arguments: [
      { kind: 'choice', name: 'step', choices: ['start', 'approve', 'reject', 'result'] },
      { kind: 'text', name: 'text', optional: true },
    ],
    block: 'optional',
    role: 'maintain',
  },
  { family: 'plan', name: 'cancel', summary: 'Goes back to where the idea stood before', role: 'maintain' },
  {
    family: 'plan',
    name: 'materialise',
    summary: 'Makes epic, stories and tasks of the plan',
    arguments: [REPOSITORY],
    flags: { ...DRY_RUN, confirm: HASH },
    role: 'maintain',
  },
  {
    family: 'plan',
    name: 'sync',
    summary: 'Shows what a changed plan would change in its issues, or applies it',
    arguments: [PATH],
    flags: { confirm: HASH },
    block: 'optional',
    role: 'maintain',
  },
  { family: 'plan', name: 'status', summary: 'Shows how far the plan is, what is blocked, and the critical path', role: 'read' },
  { family: 'plan', name: 'show', summary: 'Shows the plan as it is kept, and what was said of it in reviews', role: 'read' },
  helpCommand,
] as const)

export const FAMILIES = familiesOf(COMMANDS)

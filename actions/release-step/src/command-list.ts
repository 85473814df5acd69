import { defineCommands, helpCommand } from '@switchyard/commands'
import { CATEGORIES, STEP_TYPES } from '@switchyard/releasing'

const SLUG = { kind: 'word', name: 'slug', pattern: { source: '^[a-z0-9][a-z0-9.-]*$', expects: 'a release’s slug' } } as const
const STEP = { kind: 'word', name: 'step' } as const
const CUSTOMERS = { kind: 'members', name: 'customers', one: 'customer' } as const
const CUSTOMER = { kind: 'member', name: 'customer' } as const
/** What an approval names. */
export const SHA256 = {
  kind: 'word',
  name: 'sha256',
  // Whole: whoever writes the content could make two that begin alike.
  pattern: { source: '^[0-9a-f]{64}$', expects: 'the SHA-256 that /step show prints, whole' },
} as const
const DRY_RUN = { 'dry-run': { kind: 'switch', summary: 'says what would change, and changes nothing' } } as const
const ANCHOR = {
  before: { kind: 'value', value: 'step', summary: 'stands before that step' },
  after: { kind: 'value', value: 'step', summary: 'stands behind that step' },
} as const

/** Everything that can be asked for on an issue. Source: release contract, the table of commands. */
export const COMMANDS = defineCommands([
  {
    family: 'release',
    name: 'activate',
    summary: 'Gives the steps of a draft to all active customers, or to those named',
    arguments: [SLUG, { ...CUSTOMERS, many: true, optional: true }],
    flags: DRY_RUN,
  },
  { family: 'release', name: 'add', summary: 'Adds customers to the release', arguments: [{ ...CUSTOMERS, many: true }], flags: DRY_RUN },
  { family: 'release', name: 'archive', summary: 'Ends the release for good, finished or not', flags: DRY_RUN, role: 'maintain' },
  {
    family: 'release',
    name: 'status',
    summary: 'Shows what is open, of all or of one cluster',
    arguments: [{ kind: 'word', name: 'cluster', optional: true }],
    role: 'read',
  },
  { family: 'release', name: 'progress', summary: 'Shows how far everybody is', role: 'read' },
  { family: 'release', name: 'list', summary: 'Lists all releases, the newest first', role: 'read' },
  { family: 'release', name: 'customer', summary: 'Shows one customer’s steps', arguments: [CUSTOMER], role: 'read' },
  { family: 'step', name: 'show', summary: 'Shows a step’s content, source and history', arguments: [STEP, CUSTOMER], role: 'read' },
  {
    family: 'step',
    name: 'done',
    summary: 'Marks a step done',
    arguments: [STEP, CUSTOMERS, { kind: 'text', name: 'notes', optional: true }],
    flags: DRY_RUN,
  },
  {
    family: 'step',
    name: 'skip',
    summary: 'Skips a step, with the reason',
    arguments: [STEP, CUSTOMERS, { kind: 'text', name: 'reason' }],
    flags: DRY_RUN,
  },
  {
    family: 'step',
    name: 'revert',
    summary: 'Takes done or skipped back',
    arguments: [STEP, CUSTOMERS, { kind: 'text', name: 'reason', optional: true }],
    flags: DRY_RUN,
  },
  {
    family: 'step',
    name: 'override',
    summary: 'Gives a customer content of its own',
    arguments: [STEP, CUSTOMERS],
    block: 'required',
    flags: DRY_RUN,
  },
  { family: 'step', name: 'reset', summary: 'Goes back to the template’s name and content', arguments: [STEP, CUSTOMERS], flags: DRY_RUN },
  {
    family: 'step',
    name: 'add',
    summary: 'Adds a step for these customers alone',
    arguments: [
      CUSTOMERS,
      { kind: 'choice', name: 'category', choices: CATEGORIES },
      { kind: 'choice', name: 'type', choices: STEP_TYPES },
      { kind: 'word', name: 'name' },
    ],
    flags: {
      ...ANCHOR,
      template: { kind: 'switch', summary: 'writes it into the release’s file, for every customer of the release' },
      ...DRY_RUN,
    },
    block: 'required',
  },
  {
    family: 'step',
    name: 'edit',
    summary: 'Changes a custom step',
    arguments: [STEP, CUSTOMER],
    flags: {
      name: { kind: 'value', value: 'name', summary: 'its new name' },
      type: { kind: 'choice', choices: STEP_TYPES, summary: 'its new type' },
      ...ANCHOR,
      ...DRY_RUN,
    },
    block: 'optional',
  },
  { family: 'step', name: 'remove', summary: 'Removes a custom step', arguments: [STEP, CUSTOMER], flags: DRY_RUN },
  { family: 'step', name: 'run', summary: 'Runs a step in its cluster’s environment', arguments: [STEP, CUSTOMERS] },
  {
    family: 'step',
    name: 'approve',
    summary: 'Lets content run that is not the default branch’s, in the customers’ environments',
    arguments: [STEP, CUSTOMERS, SHA256],
    flags: { withdraw: { kind: 'switch', summary: 'takes the approval back' }, ...DRY_RUN },
    role: 'admin',
    // A rule for every command of a family, as `step *`, must not let those who write content approve it.
    atLeast: 'admin',
  },
  helpCommand,
] as const)

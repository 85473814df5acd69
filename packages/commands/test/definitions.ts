import { defineCommands, familiesOf, helpCommand, parseComment, bindCommands } from '../src/index.ts'

const dryRun = { kind: 'switch', summary: 'Only say what would change' } as const

/** Commands of every kind there is, after those of releases and of new repositories. */
export const definitions = defineCommands([
  helpCommand,
  {
    family: 'release',
    name: 'activate',
    summary: 'Starts a release',
    role: 'maintain',
    arguments: [
      { kind: 'word', name: 'slug', pattern: { source: '[a-z0-9-]+', expects: 'a release’s name' } },
      { kind: 'members', name: 'customers', many: true, optional: true },
    ],
    flags: { 'dry-run': dryRun },
  },
  { family: 'release', name: 'list', summary: 'Lists releases, newest first', role: 'read' },
  { family: 'release', name: 'customer', summary: 'Shows a customer', role: 'read', arguments: [{ kind: 'member', name: 'customer' }] },
  {
    family: 'step',
    name: 'done',
    summary: 'Marks a step done',
    arguments: [
      { kind: 'word', name: 'step' },
      { kind: 'members', name: 'customer' },
      { kind: 'text', name: 'notes', optional: true },
    ],
    flags: { 'dry-run': dryRun },
  },
  {
    family: 'step',
    name: 'override',
    summary: 'Replaces a step’s content',
    arguments: [
      { kind: 'word', name: 'step' },
      { kind: 'members', name: 'customer' },
    ],
    block: 'required',
  },
  {
    family: 'step',
    name: 'add',
    summary: 'Adds a step',
    arguments: [
      { kind: 'members', name: 'customer' },
      { kind: 'choice', name: 'category', choices: ['deploy', 'verify'] },
      { kind: 'word', name: 'title' },
    ],
    flags: {
      before: { kind: 'value', value: 'step', summary: 'The step that follows it' },
      type: { kind: 'choice', choices: ['bash', 'sql', 'text'], summary: 'What the content is' },
      template: { kind: 'switch', summary: 'Into the release’s file' },
    },
    block: 'optional',
  },
  {
    family: 'bootstrap',
    name: 'cleanup',
    summary: 'Removes what a failed run left behind',
    role: 'admin',
    atLeast: 'maintain',
    arguments: [
      { kind: 'choice', name: 'how', choices: ['delete', 'resolved'] },
      { kind: 'word', name: 'repositories', many: true },
    ],
  },
])

export const families = familiesOf(definitions)

export const bind = (text: string) => bindCommands(definitions, parseComment(text, families))

/** The commands of a comment that has no faults. */
export function bound(text: string) {
  const result = bind(text)
  if (!result.ok) throw new Error(result.faults.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  return result.commands
}

/** Code, line and column of each fault. */
export function faultsOf(text: string): readonly string[] {
  const result = bind(text)
  return result.ok ? [] : result.faults.map(({ code, line, column }) => `${line}:${column} ${code}`)
}

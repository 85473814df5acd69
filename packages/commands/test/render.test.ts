import { expect, it } from 'vitest'
import { parseSwitchyardConfig } from '../src/config.ts'
import { commandName, neededRole, renderFaults, renderHelp, renderUsage, selectedRoles } from '../src/index.ts'
import { quoteWord } from './quote-word.ts'
import { bind, definitions } from './definitions.ts'

it('shows how each command is typed', () => {
  expect(definitions.map(renderUsage)).toEqual([
    '/help',
    '/release activate <slug> [customers…|--all] [--dry-run]',
    '/release list',
    '/release customer <customer>',
    '/step done <step> <customer|--all> [notes…] [--dry-run]',
    '/step override <step> <customer|--all>',
    '/step add <customer|--all> <deploy|verify> <title> [--before <step>] [--type bash|sql|text] [--template]',
    '/bootstrap cleanup <delete|resolved> <repositories…>',
  ])
})

it('lists what somebody may do, with the role that it needs', () => {
  const help = renderHelp(definitions, { may: ({ role }) => role === 'read', needed: () => 'triage' })
  expect(help.split('\n')).toEqual([
    '| command | what it does | role |',
    '| --- | --- | --- |',
    '| `/help` | Lists the commands that you may use | triage |',
    '| `/release list` | Lists releases, newest first | triage |',
    '| `/release customer <customer>` | Shows a customer | triage |',
  ])
})

const rulesOf = (lines: string) => {
  const parsed = parseSwitchyardConfig(`commands:\n${lines}`, { file: 'f', owner: 'acme', commands: ['step done', 'release list'] })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.config.rules
}

it.each([
  ['- { command: step done, selectors: ["cluster:eu-*"], role: maintain }', 'write (maintain for `cluster:eu-*`)'],
  ['- { command: step *, selectors: ["cluster:eu-*", "!acme"], role: admin }', 'write (admin for `cluster:eu-*` `!acme`)'],
  ['- { command: step done, selectors: ["tag:a"], role: triage }\n- { command: "*", role: maintain }', 'maintain'],
  ['- { command: step done, selectors: ["tag:a"], role: write }', 'write'],
  [
    '- { command: step done, selectors: ["*/*"], role: admin }\n- { command: step done, selectors: ["tag:a"], role: write }',
    'write (admin for `*/*`; write for `tag:a`)',
  ],
])('%s: the help tells the role for whom it is another', (lines, role) => {
  const rules = rulesOf(lines)
  const [, , row] = renderHelp(
    definitions.filter((definition) => commandName(definition) === 'step done'),
    {
      needed: (definition) => neededRole({ rules, definition }),
      selected: (definition) => selectedRoles({ rules, definition }),
    },
  ).split('\n')
  expect(row).toMatch(/^\| `\/step done /)
  expect(row?.split(' | ').at(-1)).toBe(`${role} |`)
})

it('a command that concerns nobody has one role, whatever the selectors of rules', () => {
  const rules = rulesOf('- { command: "*", selectors: ["tag:a"], role: admin }')
  const help = renderHelp(definitions, { selected: (definition) => selectedRoles({ rules, definition }) })
  expect(help).toContain('| Lists releases, newest first | read |')
  expect(help).toContain('| Shows a customer | read (admin for `tag:a`) |')
})

it('a file with hundreds of rules leaves the help short', () => {
  const selectors = JSON.stringify(Array.from({ length: 100 }, (_, at) => `${'x'.repeat(190)}${at}`))
  const rules = rulesOf(`- { command: step done, selectors: ${selectors}, role: admin }\n`.repeat(4))
  const help = renderHelp(definitions, { selected: (definition) => selectedRoles({ rules, definition }) })
  expect(help).toContain('and 97 more; ')
  expect(help).toContain('; and 1 more)')
  expect(help.length).toBeLessThan(3_000)
})

it('a usage line says one where one selector is taken, and several where several are', () => {
  const members = { kind: 'members', name: 'customers', one: 'customer' } as const
  const base = { family: 'step', summary: 'Does' } as const
  expect(renderUsage({ ...base, arguments: [members] })).toBe('/step <customer|--all>')
  expect(renderUsage({ ...base, arguments: [{ ...members, many: true }] })).toBe('/step <customers…|--all>')
  expect(renderHelp([{ ...base, arguments: [members] }])).toContain('Whom a command is for: one of `cluster/name`')
})

it('keeps a usage line in its cell, and says what blocks and flags are for', () => {
  const [, , , add] = renderHelp(definitions.filter(({ family }) => family === 'step'))
    .split('\n')
    .slice(1)
  expect(add).toBe(
    '| `/step add <customer\\|--all> <deploy\\|verify> <title> [--before <step>] [--type bash\\|sql\\|text] [--template]` | ' +
      'Adds a step. A code block below the line holds the content, if any. `--before`: The step that follows it. ' +
      '`--type`: What the content is. `--template`: Into the release’s file | write |',
  )
})

it('says so when there is nothing that somebody may do', () => {
  expect(renderHelp(definitions, { may: () => false })).toBe('There is no command that you may use here.')
})

const reply = (text: string) => {
  const result = bind(text)
  return result.ok ? '' : renderFaults(result.faults)
}

it('says where, what and what to do', () => {
  expect(reply('Hi\n/release lits')).toBe(
    '- **line 2, column 10**: “/release” does not know “lits”. Did you mean “/release list”? (`unknown-subcommand`)',
  )
})

it('names the words that can stand there, and what lists them all', () => {
  expect(reply('/step add acme destroy x')).toMatch(/“destroy” is none of the words that can stand here\. Write one of “deploy”, “verify”/)
  expect(reply('/release')).toContain('“/release customer”. “/help” says what each does.')
})

it.each([
  '@octocat',
  '@acme/team',
  '<img src=x>',
  '[a](https://x.example)',
  '#12',
  '**b**',
  '`c`',
  '|',
  '![x](y)',
  'https://x.example',
  '&lt;',
])('brings nothing of %j to life', (word) => {
  const shown = reply(`/release "${word}" \n/step add acme verify x "${word}"\n/step add acme "${word}" x`)
  expect(shown).not.toMatch(/@[\w]|<img|\]\(http|(?<!\\)\*\*b|#1|(?<!\\)`c|(?<!\\)\||:\/\/|(?<!\\)!\[/)
})

it('keeps a reply short, whatever the comment holds', () => {
  const shown = reply(`/release ${'x'.repeat(60_000)}\n${'/step done\n'.repeat(90)}`)
  expect(shown.length).toBeLessThan(10_000)
  expect(shown).toMatch(/\n- and \d+ more$/)
})

it.each([
  ['eu-1/acme', 'eu-1/acme'],
  ['tag:canary', 'tag:canary'],
  ['Acme Corp', '"Acme Corp"'],
  ['say "hi" \\', '"say \\"hi\\" \\\\"'],
  ['--all', '"--all"'],
  ['—all', '"—all"'],
  ['!acme', '"!acme"'],
  ['', '""'],
])('writes %j as %s', (text, expected) => {
  expect(quoteWord(text)).toBe(expected)
})

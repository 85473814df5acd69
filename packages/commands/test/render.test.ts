import { expect, it } from 'vitest'
import { quoteWord, renderFaults, renderHelp, renderUsage } from '../src/index.ts'
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

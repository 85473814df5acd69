import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseSwitchyardConfig, switchyardSchema, switchyardShape } from '../src/config.ts'
import { commandName, isAccepted, ROLES } from '../src/index.ts'
import { definitions } from './definitions.ts'

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(switchyardSchema())
const commands = definitions.map(commandName)
const read = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8')
const parseFile = (name: string) => parseSwitchyardConfig(read(name), { file: 'f.yml', owner: 'acme', commands })
const filesOf = (folder: string) => readdirSync(new URL(`./${folder}/`, import.meta.url)).map((name) => `${folder}/${name}`)

/** What no shape can say: whether names stand for something. */
const BY_RULES_ONLY = ['invalid/unknown-command.yml', 'invalid/bad-repositories.yml']

describe('the published schema of switchyard.yml', () => {
  it.each([...filesOf('valid'), ...filesOf('invalid')])('says of %s what the parser’s shape says', (name) => {
    const value: unknown = parse(read(name))
    expect(validate(value)).toBe(switchyardShape.safeParse(value).success)
    expect(validate(value)).toBe(parseFile(name).ok || BY_RULES_ONLY.includes(name))
  })

  it('agrees with the parser on made-up files', () => {
    const text = fc.constantFrom('', 'a', 'release list', 'release *', '*', 'a b c', '/a', 'A', 'acme/x', '!acme')
    const list = fc.oneof(fc.array(text, { maxLength: 3 }), text)
    const rule = fc.record(
      { command: text, selectors: list, role: fc.constantFrom(...ROLES, 'x'), other: text },
      { requiredKeys: ['command'] },
    )
    const file = fc.record({ commands: fc.array(rule, { maxLength: 3 }), accepts: list }, { requiredKeys: [] })
    fc.assert(
      fc.property(file, (value: unknown) => {
        expect(validate(value)).toBe(switchyardShape.safeParse(value).success)
      }),
      { numRuns: 1_000 },
    )
  })
})

it.each(filesOf('valid'))('%s is read', (name) => {
  expect(parseFile(name)).toMatchObject({ ok: true })
})

it('fills in owners, and keeps the places of rules', () => {
  const parsed = parseFile('valid/everything.yml')
  if (!parsed.ok) throw new Error('refused')
  expect(parsed.config.accepts).toEqual(['acme/planning', 'acme-labs/tools', 'umbra/*'])
  expect(parsed.config.rules.map(({ command, role, selectors, place }) => [command, role, selectors?.length, place.line])).toEqual([
    ['*', 'triage', undefined, 3],
    ['release *', 'maintain', undefined, 5],
    ['step done', 'admin', 2, 7],
    ['env apply', 'admin', undefined, 10],
    ['help', 'read', undefined, 12],
  ])
})

const REFUSED: Readonly<Record<string, readonly [number, number, string, string][]>> = {
  'a-list': [[1, 1, 'not-a-mapping', 'Start with `commands:` or `accepts:`.']],
  'bad-repositories': [11, 16, 23, 32, 38, 45].map((column) => [
    1,
    column,
    'bad-repository',
    'Write `owner/name`, `name` for a repository of this owner, or `owner/*` for every repository of an owner.',
  ]),
  'bad-selectors': [
    [3, 17, 'bad-selector', 'Did you mean “cluster:”?'],
    [3, 31, 'bad-selector', 'Write “*/acme*”, “cluster:acme*” or “tag:acme*”.'],
    [3, 40, 'bad-selector', 'Write “cluster/namespace”.'],
    [6, 16, 'only-exclusions', 'Add whom it is for, such as `*/*`.'],
    [9, 16, 'empty', 'Give it at least one entry, or delete it.'],
  ],
  'empty-lists': [
    [1, 11, 'empty', 'Give it at least one entry, or delete it.'],
    [2, 10, 'empty', 'Give it at least one entry, or delete it.'],
  ],
  'misspelt-inner-key': [
    [2, 5, 'missing-key', 'Add `role:` here.'],
    [3, 5, 'unknown-key', 'Did you mean `role`?'],
  ],
  'missing-keys': [
    [2, 5, 'missing-key', 'Add `command:` here.'],
    [2, 5, 'missing-key', 'Add `role:` here.'],
    [3, 5, 'missing-key', 'Add `role:` here.'],
  ],
  'role-none': [[3, 11, 'unknown-value', 'It knows `read`, `triage`, `write`, `maintain`, `admin`.']],
  'selectors-as-text': [[3, 16, 'wrong-type', 'Write each entry on its own line, with `- ` in front.']],
  slash: [[2, 14, 'bad-command', 'Write it without the slash: `release archive`, `release *`, or `"*"` for all.']],
  'unknown-command': [
    [2, 14, 'unknown-command', 'Did you mean `release list`?'],
    [4, 14, 'unknown-command', 'Did you mean `release`?'],
    [6, 14, 'unknown-command', 'Write the family alone.'],
  ],
  'unknown-role': [[3, 11, 'unknown-value', 'Did you mean `maintain`?']],
  'unknown-root': [[1, 1, 'unknown-key', 'Did you mean `commands`?']],
}

it('knows every file of the folder', () => {
  expect(filesOf('invalid').sort()).toEqual(
    Object.keys(REFUSED)
      .map((name) => `invalid/${name}.yml`)
      .sort(),
  )
})

it.each(Object.entries(REFUSED))('invalid/%s.yml is refused with every fault at its place', (name, expected) => {
  const parsed = parseFile(`invalid/${name}.yml`)
  expect(parsed.ok ? [] : parsed.faults.map(({ place, code, hint }) => [place?.line, place?.column, code, hint])).toEqual(expected)
})

it.each<[string, boolean]>([
  ['acme/planning', true],
  ['Acme/Planning', true],
  ['umbra/anything', true],
  ['acme/here', true],
  ['acme/other', false],
  ['umbra-2/x', false],
])('consents to %s: %s', (from, expected) => {
  const parsed = parseFile('valid/everything.yml')
  if (!parsed.ok) throw new Error('refused')
  expect(isAccepted(parsed.config, { from, here: 'acme/here' })).toBe(expected)
})

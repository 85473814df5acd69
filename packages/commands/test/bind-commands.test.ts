import { expect, expectTypeOf, it } from 'vitest'
import { bindCommands, defineCommands, getDefinition, parseComment, type BoundCommand, type Audience } from '../src/index.ts'
import { bind, bound, definitions, families, faultsOf } from './definitions.ts'

it('gives each command its own types', () => {
  const [command] = bound('/step done build eu-1/acme all good --dry-run')
  if (command?.command !== 'step done') throw new Error('another command')
  expectTypeOf(command.arguments.step).toEqualTypeOf<string>()
  expectTypeOf(command.arguments.customer).toEqualTypeOf<Audience>()
  expectTypeOf(command.arguments.notes).toEqualTypeOf<string | undefined>()
  expectTypeOf(command.flags['dry-run']).toEqualTypeOf<boolean>()
  type Add = Extract<BoundCommand<(typeof definitions)[number]>, { command: 'step add' }>
  expectTypeOf<Add['arguments']['category']>().toEqualTypeOf<'deploy' | 'verify'>()
  expectTypeOf<Add['flags']['type']>().toEqualTypeOf<'bash' | 'sql' | 'text' | undefined>()
  expect(command).toEqual({
    command: 'step done',
    line: 1,
    column: 1,
    arguments: {
      step: 'build',
      customer: {
        all: false,
        selectors: [{ by: 'address', cluster: 'eu-1', namespace: 'acme', source: 'eu-1/acme', exclude: false, line: 1, column: 18 }],
        line: 1,
        column: 18,
      },
      notes: 'all good',
    },
    flags: { 'dry-run': true },
    block: undefined,
    places: { step: { line: 1, column: 12 }, customer: { line: 1, column: 18 }, notes: { line: 1, column: 28 } },
  })
})

const whom = (audience: Audience) => [audience.all, ...audience.selectors.map(({ source }) => source)]

it.each<[string, (string | boolean)[], string | undefined]>([
  ['/step done build acme', [false, 'acme'], undefined],
  ['/step done build acme it went "well"', [false, 'acme'], 'it went "well"'],
  ['/step done build acme "it went \\"well\\""', [false, 'acme'], 'it went "well"'],
  ['/step done build --all', [true], undefined],
  ['/step done build --all it went well', [true], 'it went well'],
  ['/step done build it went well --all', [true], 'it went well'],
  ['/step done build —all fine', [true], 'fine'],
  ['/step done build --all !"Acme Corp" ![x', [true, '!Acme Corp', '![x'], undefined],
  ['/step done build acme "!"', [false, 'acme'], '!'],
  ['/step done build acme "!x"', [false, 'acme'], '!x'],
  ['/step done build --all !acme !tag:canary fine', [true, '!acme', '!tag:canary'], 'fine'],
  ['/step done build cluster:eu-* !acme fine', [false, 'cluster:eu-*', '!acme'], 'fine'],
  ['/step done build acme — see #12', [false, 'acme'], '— see #12'],
  ['/step done build acme done —see #12', [false, 'acme'], 'done —see #12'],
  ['/step done build acme done -- see --all', [false, 'acme'], 'done -- see --all'],
  ['/step done build acme -- --all', [false, 'acme'], '--all'],
  ['/step done -- build acme 5 - 3', [false, 'acme'], '5 - 3'],
  ['/step done build "Acme Corp" it’s fine', [false, 'Acme Corp'], 'it’s fine'],
])('reads whom %j is for, and its note', (text, audience, notes) => {
  const [command] = bound(text)
  if (command?.command !== 'step done') throw new Error('another command')
  expect([whom(command.arguments.customer), command.arguments.notes]).toEqual([audience, notes])
})

it('reads lists, choices, flags and blocks', () => {
  const [activate, add, cleanup, help] = bound(
    [
      '/release activate 2-1 tag:canary !acme',
      '/step add acme verify "Run it" --before=build --template --type sql\n```sql\nselect 1\n```',
      '/bootstrap cleanup delete acme/x acme/y',
      '/help',
    ].join('\n'),
  )
  if (activate?.command !== 'release activate' || add?.command !== 'step add') throw new Error('other commands')
  expect(whom(activate.arguments.customers ?? { all: true, selectors: [], line: 1, column: 1 })).toEqual([false, 'tag:canary', '!acme'])
  expect([add.arguments.category, add.arguments.title, add.flags, add.block]).toEqual([
    'verify',
    'Run it',
    { before: 'build', type: 'sql', template: true },
    { info: 'sql', content: 'select 1', line: 3, column: 1 },
  ])
  expect(cleanup?.arguments).toEqual({ how: 'delete', repositories: ['acme/x', 'acme/y'] })
  expect(help?.command).toBe('help')
})

it.each<[string, string[]]>([
  ['/release', ['1:1 missing-subcommand']],
  ['/release "list"', ['1:10 missing-subcommand']],
  ['/release lits', ['1:10 unknown-subcommand']],
  ['/release list --dryrun', ['1:15 unknown-flag']],
  ['/step done a b --dry-rum', ['1:16 unknown-flag']],
  ['/step done a b --dry-run --dry-run', ['1:26 flag-twice']],
  ['/step done a b --dry-run=true', ['1:16 flag-with-value']],
  ['/step done a b note -dry-run', ['1:21 one-dash']],
  ['/step add acme verify x --before', ['1:25 flag-without-value']],
  ['/step add acme verify x --before=', ['1:25 flag-without-value']],
  ['/step add acme verify x --before --template', ['1:25 flag-without-value']],
  ['/step add acme verify x --type=bsh', ['1:25 unknown-choice']],
  ['/step add acme verfy x', ['1:16 unknown-choice']],
  ['/step add acme verify', ['1:1 missing-argument']],
  ['/step add acme verify ""', ['1:23 empty-argument']],
  ['/step add acme verify "x"y', ['1:23 text-after-quote']],
  ['/step done a "b"c', ['1:14 text-after-quote']],
  ['/step done a --all !"b"c', ['1:20 text-after-quote']],
  ['/step add acme verify x y z', ['1:25 unexpected-word']],
  ['/step done a', ['1:1 missing-argument']],
  ['/step done a b "  "', ['1:16 empty-argument']],
  ['/release activate Nope!', ['1:19 bad-argument']],
  ['/release activate x --all acme', ['1:27 all-and-names']],
  ['/release activate x !acme', ['1:21 only-exclusions']],
  ['/release activate x eu/ clutser:eu *', ['1:21 bad-selector', '1:25 bad-selector', '1:36 bad-selector']],
  ['/release customer cluster:eu', ['1:19 bad-selector']],
  ['/release customer --all', ['1:1 missing-argument', '1:19 unknown-flag']],
  ['/step override a b', ['1:1 missing-block']],
  ['/release list\n```\nlog\n```', ['2:1 unexpected-block']],
  ['/help me', ['1:7 unexpected-word']],
])('refuses %j', (text, expected) => {
  expect(faultsOf(text)).toEqual(expected)
})

it('tells all faults of a comment at once, and does nothing of it', () => {
  expect(faultsOf('/relase list\n/release list\n/step done\n/step add acme vrify "x --no')).toEqual([
    '1:1 unknown-family',
    '3:1 missing-argument',
    '4:16 unknown-choice',
    '4:22 unclosed-quote',
  ])
})

it.each<[string, string]>([
  ['/release lits', 'Did you mean “/release list”?'],
  ['/release zzz', 'There are “/release activate”, “/release list”, “/release customer”.'],
  ['/step done', 'It is written “/step done <step> <customer|--all> [notes…] [--dry-run]”.'],
  ['/step done a b --dry-rum', 'Did you mean “--dry-run”?'],
  ['/step add acme verify x --type=sq', 'Did you mean “sql”?'],
  ['/step add acme zzzzz x', 'Write one of “deploy”, “verify”.'],
  ['/release activate x clutser:eu', 'Did you mean “cluster:”?'],
  ['/release activate x acme*', 'Write “*/acme*”'],
  ['/step done a b note -dry-run', 'Write “--dry-run”'],
])('says of %j what was meant', (text, hint) => {
  const result = bind(text)
  expect(result.ok ? [] : result.faults.map((fault) => fault.hint)).toEqual([expect.stringContaining(hint)])
})

it('knows no command by the names of objects', () => {
  expect(faultsOf('/step done a b --constructor --toString')).toHaveLength(2)
})

it.each<[string, Parameters<typeof defineCommands>[0]]>([
  [
    'defined twice',
    [
      { family: 'a', summary: '' },
      { family: 'a', summary: '' },
    ],
  ],
  [
    'a family of commands',
    [
      { family: 'a', summary: '' },
      { family: 'a', name: 'b', summary: '' },
    ],
  ],
  ['lower case', [{ family: 'A', summary: '' }]],
  [
    'nothing can follow',
    [
      {
        family: 'a',
        summary: '',
        arguments: [
          { kind: 'text', name: 't' },
          { kind: 'word', name: 'w' },
        ],
      },
    ],
  ],
  [
    'follows something optional',
    [
      {
        family: 'a',
        summary: '',
        arguments: [
          { kind: 'word', name: 't', optional: true },
          { kind: 'word', name: 'w' },
        ],
      },
    ],
  ],
  [
    'have one name',
    [
      {
        family: 'a',
        summary: '',
        arguments: [
          { kind: 'word', name: 't' },
          { kind: 'word', name: 't' },
        ],
      },
    ],
  ],
  [
    'built in',
    [{ family: 'a', summary: '', arguments: [{ kind: 'members', name: 't' }], flags: { all: { kind: 'switch', summary: '' } } }],
  ],
])('refuses definitions: %s', (words, list) => {
  expect(() => defineCommands(list)).toThrow(words)
})

it('finds the definition of each bound command, and no other', () => {
  expect(bound('/step done a b\n/help').map(({ command }) => getDefinition(definitions, command).summary)).toEqual([
    'Marks a step done',
    'Lists the commands that you may use',
  ])
  expect(() => getDefinition(definitions, 'step')).toThrow('There is no command step')
})

it('says nothing of a comment without commands', () => {
  expect(bindCommands(definitions, parseComment('Thanks!', families))).toEqual({ ok: true, commands: [] })
})

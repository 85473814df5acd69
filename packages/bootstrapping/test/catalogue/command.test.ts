import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMAND_NAMES, COMMANDS, parseCommand } from '../../src/catalogue/index.ts'

const codeOf = (text: string): string => {
  const parsed = parseCommand(text)
  return parsed.ok ? parsed.name : parsed.fault.code
}

describe('a command of the list', () => {
  it('is known under its name', () => {
    expect(COMMAND_NAMES.map((name) => codeOf(COMMANDS[name].example))).toEqual(COMMAND_NAMES)
    expect([...COMMAND_NAMES].sort()).toEqual(Object.keys(COMMANDS).sort())
  })

  it('becomes its argument vector', () => {
    expect(parseCommand('npm pkg set engines.node=24 type=module publishConfig.access=restricted')).toEqual({
      ok: true,
      name: 'npm-pkg-set',
      argv: ['npm', 'pkg', 'set', 'engines.node=24', 'type=module', 'publishConfig.access=restricted'],
    })
  })
})

it('pnpm stays the version that runs, whatever the template asks for', () => {
  const parsed = parseCommand(COMMANDS['pnpm-lock'].example)
  expect(parsed).toMatchObject({ ok: true, argv: [...COMMANDS['pnpm-lock'].argv, '--config.manage-package-manager-versions=false'] })
  expect(codeOf(`${COMMANDS['pnpm-lock'].example} --config.manage-package-manager-versions=true`)).toBe('COMMAND_NOT_ALLOWED')
})

const NOT_PLAIN = [
  '',
  ' ',
  ' node --version',
  'node --version ',
  'node  --version',
  'node\t--version',
  'node --version\n',
  'node --version\nrm -rf x',
  'node\u00a0--version',
  'node\u2003--version',
  'node --version; rm x',
  'node --version && rm x',
  'node --version | sh',
  'node --version > x',
  'node --version < x',
  'node --version &',
  'node `id`',
  'node $(id)',
  'node $HOME',
  'node ${HOME}',
  'node %PATH%',
  'node !1',
  'node "--version"',
  "node '--version'",
  'node \\--version',
  'node *',
  'node ?',
  'node [a]',
  'node {a,b}',
  'node ~',
  'node #x',
  'node (x)',
  'nоde --version',
  'node ‐‐version',
  'node --version\u0000',
  'node \u202e--version',
  `npm pkg set a=${'x'.repeat(1_100)}`,
]

it.each(NOT_PLAIN)('%j is not plain words', (text) => {
  expect(codeOf(text)).toBe('COMMAND_NOT_PLAIN')
})

const NOT_ALLOWED = [
  'node',
  'node -v',
  'node --version --version',
  'npm install --package-lock-only --ignore-scripts --ignore-scripts',
  'NODE --version',
  './node --version',
  '/usr/bin/node --version',
  'node --version --eval',
  'node --eval=1',
  'node script.js',
  'npx x',
  'git init',
  'npm install',
  'npm install --package-lock-only',
  'npm install --ignore-scripts --package-lock-only',
  'npm install --package-lock-only --ignore-scripts x',
  'npm install --package-lock-only --ignore-scripts=false',
  'npm install --package-lock-only --ignore-scripts --registry=x',
  'pnpm install --lockfile-only --ignore-scripts',
  'npm run build',
  'npm pkg set',
  'npm pkg set a',
  'npm pkg set =x',
  'npm pkg set a=',
  'npm pkg set --json=x',
  'npm pkg set -w=x',
  'npm pkg set a=b --workspaces',
  'npm pkg set __proto__.x=1',
  'npm pkg set a.__proto__.x=1',
  'npm pkg set constructor.prototype.x=1',
  'npm pkg set a.prototype.x=1',
  'npm pkg set dependencies.x=a/b',
  'npm pkg set devDependencies.x=1',
  'npm pkg set overrides.x=1',
  'npm pkg delete --workspaces',
  'npm pkg delete a=b',
  'npm pkg get a',
]

it.each(NOT_ALLOWED)('%s is not allowed', (text) => {
  expect(codeOf(text)).toBe('COMMAND_NOT_ALLOWED')
})

it('a catalogue narrows the list', () => {
  const parsed = parseCommand('node --version', ['npm-lock'])
  expect(parsed.ok ? [] : [parsed.fault.code, parsed.fault.hint]).toEqual([
    'COMMAND_NOT_ALLOWED',
    'Allowed are `npm install --package-lock-only --ignore-scripts`.',
  ])
  expect(parseCommand('npm install --package-lock-only --ignore-scripts', ['npm-lock']).ok).toBe(true)
  expect(parseCommand('node --version', []).ok).toBe(false)
})

it('whatever is allowed is its words joined by single spaces, and starts with a program of the list', () => {
  const word = fc.constantFrom(
    'npm',
    'pnpm',
    'node',
    'pkg',
    'set',
    'delete',
    'install',
    '--version',
    '--ignore-scripts',
    '--package-lock-only',
    'a=b',
    'a',
    ';',
    '',
    '\n',
    '--x',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), fc.constantFrom(' ', '  ', '\t'), (words, space) => {
      const text = words.join(space)
      const parsed = parseCommand(text)
      if (!parsed.ok) return
      expect(parsed.argv.join(' ')).toBe(text)
      expect(['npm', 'pnpm', 'node']).toContain(parsed.argv[0])
      expect(parsed.argv.every((each) => /^[A-Za-z0-9@+,._/=-]+$/.test(each))).toBe(true)
    }),
    { numRuns: 3_000 },
  )
})

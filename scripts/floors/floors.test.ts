import { describe, expect, test } from 'vitest'
import { findDependencyBreaches } from './dependencies.ts'
import type { Manifest } from './dependencies.ts'
import { findModuleBreaches, renderBreach } from './floors.ts'
import { parseModule } from './parse-module.ts'

const breaches = (file: string, source: string): readonly string[] =>
  findModuleBreaches(parseModule(file, source)).map((breach) => `${breach.line}: ${breach.what}`)

describe('an import that breaks the floors is named with its line', () => {
  test.each([
    ['upward', 'packages/core/src/a.ts', `\nimport { a } from '@switchyard/ledger'`, '2: core (floor 0) may not import ledger (floor 2)'],
    [
      'upward, for its types only',
      'packages/core/src/a.ts',
      `import type { A } from '@switchyard/action'`,
      '1: core (floor 0) may not import action (floor 2)',
    ],
    [
      'upward, by exporting it again',
      'packages/core/src/a.ts',
      `export * from '@switchyard/action'`,
      '1: core (floor 0) may not import action (floor 2)',
    ],
    [
      'upward, late',
      'packages/core/src/a.ts',
      `const a = import('@switchyard/action')`,
      '1: core (floor 0) may not import action (floor 2)',
    ],
    [
      'sideways',
      'packages/ledger/src/a.ts',
      `import { a } from '@switchyard/github'`,
      '1: ledger (floor 2) may not import github (floor 2)',
    ],
    [
      'from a source to what stands beside',
      'packages/ledger/src/a.ts',
      `import { a } from '@switchyard/local-github'`,
      '1: ledger (floor 2) may not import local-github (floor beside)',
    ],
    [
      'from an action to the command line',
      'actions/one/src/run.ts',
      `import { a } from '@switchyard/cli/lint'`,
      '1: actions/one (floor 3) may not import cli (floor 3)',
    ],
    [
      'from beside to floor 2',
      'packages/local-github/src/a.ts',
      `import { a } from '@switchyard/ledger'`,
      '1: local-github (floor beside) may not import ledger (floor 2)',
    ],
    [
      'from one door to another',
      'actions/one/src/run.ts',
      `import { a } from '../../two/src/run.ts'`,
      '1: it imports actions/two/src/run.ts by its path',
    ],
    [
      'into the insides of a package',
      'packages/ledger/src/a.ts',
      `import { a } from '../../core/src/a.ts'`,
      '1: it imports packages/core/src/a.ts by its path',
    ],
    [
      'of a computed module',
      'packages/ledger/src/a.ts',
      'const a = import(`@switchyard/${name}`)',
      '1: it imports what is only known when it runs',
    ],
    [
      'to an unknown package',
      'packages/ledger/src/a.ts',
      `import { a } from '@switchyard/new'`,
      '1: it imports @switchyard/new, which stands on no floor',
    ],
    [
      'of Octokit outside its room',
      'packages/ledger/src/a.ts',
      `import { Octokit } from '@octokit/core'`,
      '1: only github may import @octokit/core',
    ],
    [
      'of the toolkit outside its room',
      'actions/one/src/run.ts',
      `import { info } from '@actions/core'`,
      '1: only action may import @actions/core',
    ],
    [
      'of a process starter outside its room',
      'packages/action/src/a.ts',
      `import { exec } from '@actions/exec'`,
      '1: only workspace may import @actions/exec',
    ],
    [
      'of a Node module by a pure room',
      'packages/dispatching/src/a.ts',
      `import { join } from 'node:path'`,
      '1: dispatching is pure and may not use node:path',
    ],
    [
      'of a Node module without its prefix by a pure room',
      'packages/core/src/a.ts',
      `import fs from 'fs'`,
      '1: core is pure and may not use fs',
    ],
    [
      'of crypto in core, but in another file',
      'packages/core/src/a.ts',
      `import { createHash } from 'node:crypto'`,
      '1: core is pure and may not use node:crypto',
    ],
  ])('%s', (_, file, source, expected) => {
    expect(breaches(file, source)).toEqual([expected])
  })
})

test.each([
  ['down one floor', 'packages/dispatching/src/a.ts', `import { a } from '@switchyard/core'`],
  ['down two floors', 'actions/one/src/run.ts', `import { a } from '@switchyard/dispatching'`],
  ['inside its room', 'packages/core/src/a/b.ts', `import { a } from '../c.ts'`],
  ['in a test, of the embedded GitHub', 'packages/ledger/test/a.test.ts', `import { a } from '@switchyard/local-github'`],
  ['in a test, of Node', 'packages/core/src/a.test.ts', `import { join } from 'node:path'\nDate.now()`],
  ['by the runner, of the embedded GitHub', 'packages/workflow-runner/src/a.ts', `import { a } from '@switchyard/local-github'`],
  ['by the command line, of the embedded GitHub', 'packages/cli/src/a.ts', `import { a } from '@switchyard/local-github'`],
  ['by the command line, of what actions use', 'packages/cli/src/a.ts', `import { a } from '@switchyard/ledger'`],
  ['of the hash in the one file for it', 'packages/core/src/hash.ts', `import { createHash } from 'node:crypto'`],
  ['of the published schema by the embedded GitHub', 'packages/local-github/src/a.ts', `import s from '@octokit/graphql-schema'`],
  ['of anything by a script', 'scripts/a.ts', `import { a } from '../actions/one/src/run.ts'\nimport '@octokit/core'\nprocess.env['A']`],
])('an import is fine: %s', (_, file, source) => {
  expect(breaches(file, source)).toEqual([])
})

describe('a pure room may not use', () => {
  test.each([
    ['process.cwd', 'process.cwd()'],
    ['Date.now', 'const clock = { now: Date.now }'],
    ['new Date()', 'new Date()'],
    ['Date()', 'Date()'],
    ['Math.random', 'Math.random()'],
    ['setTimeout()', 'setTimeout(f, 1)'],
    ['fetch()', `fetch('x')`],
    ['console.log', 'console.log(1)'],
    ['crypto.subtle', 'crypto.subtle'],
    ['globalThis.fetch', 'const f = globalThis.fetch'],
  ])('%s', (name, source) => {
    expect(breaches('packages/releasing/src/a.ts', `\n${source}`)).toEqual([`2: releasing is pure and may not use ${name}`])
  })

  test.each([
    ['a date made of a number', 'new Date(0)'],
    ['a parameter of that name', 'export const f = (fetch: () => void, crypto: { a: 1 }) => [fetch(), crypto.a]'],
    ['a property of that name', 'export const f = (port: { fetch(): void }) => port.fetch()'],
    ['the word in a text', `export const a = 'process.env Date.now()'`],
  ])('but may use %s', (_, source) => {
    expect(breaches('packages/releasing/src/a.ts', source)).toEqual([])
  })
})

test('the environment is read in its room only', () => {
  expect(breaches('packages/github/src/a.ts', `process.env['A']\nprocess['env'].A`)).toEqual([
    '1: github may not read process.env',
    '2: github may not read process.env',
  ])
  expect(breaches('actions/one/src/run.ts', 'const { env } = process')).toEqual(['1: actions/one may not read process'])
  expect(breaches('packages/action/src/a.ts', `process.env['A']`)).toEqual([])
})

test('a cast through unknown is a breach everywhere', () => {
  expect(breaches('scripts/a.ts', 'const a = 1 as unknown as string')).toEqual(['1: `as unknown as` switches the type checker off'])
})

test('a package without a floor is a breach', () => {
  expect(breaches('packages/new/src/a.ts', '')).toEqual(['1: this package stands on no floor'])
})

test.each([
  ['packages/core/src/a.ts', 250, 251],
  ['packages/core/src/a.test.ts', 450, 451],
])('%s may have %i lines', (file, most, tooMany) => {
  expect(breaches(file, '\n'.repeat(most))).toEqual([])
  expect(breaches(file, '\n'.repeat(tooMany))).toEqual([`${tooMany}: the file has ${tooMany} lines; ${most} are allowed`])
  expect(breaches('packages/core/src/generated/a.ts', '\n'.repeat(tooMany))).toEqual([])
})

test('a breach is printed as place, what is wrong and what to do', () => {
  expect(renderBreach({ file: 'a.ts', line: 3, what: 'it is wrong', remedy: 'Mend it.' })).toBe('a.ts:3: it is wrong. Mend it.')
})

describe('dependencies', () => {
  const manifest = (file: string, dependencies = {}, devDependencies = {}): Manifest => ({
    file,
    name: '@switchyard/x',
    dependencies,
    devDependencies,
  })
  const find = (manifests: readonly Manifest[], ...sources: readonly (readonly [string, string])[]): readonly string[] =>
    findDependencyBreaches(
      manifests,
      sources.map(([file, source]) => parseModule(file, source)),
    ).map(({ file, what }) => `${file}: ${what}`)
  const root = manifest('package.json', {}, { vitest: '5.1.1', zod: '4.6.7' })

  test('that are imported must be declared by the package itself', () => {
    expect(
      find([root, manifest('packages/x/package.json')], ['packages/x/src/a.ts', `import { z } from 'zod/mini'\nimport '@a/b/c'`]),
    ).toEqual([
      'packages/x/src/a.ts: zod is imported but packages/x/package.json does not declare it',
      'packages/x/src/a.ts: @a/b is imported but packages/x/package.json does not declare it',
    ])
  })

  test("may come from the root's in tests", () => {
    expect(find([root, manifest('packages/x/package.json')], ['packages/x/src/a.test.ts', `import { test } from 'vitest'`])).toEqual([])
  })

  test('that are declared must be imported, and not by tests only', () => {
    const declared = manifest('packages/x/package.json', { yaml: '2.9.1', zod: '4.6.7' }, { ajv: '8.20.0' })
    expect(find([root, declared], ['packages/x/src/a.test.ts', `import { z } from 'zod'`])).toEqual([
      'packages/x/package.json: yaml is declared but not imported',
      'packages/x/package.json: zod is declared but imported by tests only',
      'packages/x/package.json: ajv is declared but not imported',
    ])
  })

  test('must name one exact version, the same everywhere', () => {
    const declared = manifest('packages/x/package.json', { zod: '4.6.8', yaml: '^2.9.1' })
    expect(find([root, declared], ['packages/x/src/a.ts', `import 'zod'\nimport 'yaml'`])).toEqual([
      'packages/x/package.json: yaml asks for "^2.9.1"',
      'packages/x/package.json: zod is 4.6.8 here and 4.6.7 elsewhere',
    ])
  })
})

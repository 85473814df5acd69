import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lintFolders } from '../src/lint/index.ts'
import { renderReport } from '../src/lint/render-report.ts'
import { runCli } from './run-cli.ts'
import { runHere } from './run-here.ts'

const good = 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - run: echo ok\n'
const workflow = (steps: string): string => good.replace('- run: echo ok', steps)
const action =
  'name: a\ndescription: b\ninputs:\n  need: { description: c, required: true }\n  may: { description: d }\nruns: { using: node24, main: a.js }\n'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'lint-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

async function lint(...folders: readonly string[]) {
  const { files, faults } = await lintFolders({ folders: folders.length > 0 ? folders : ['.'], owner: 'acme', base: folder })
  return { files: [...files.keys()], faults: faults.map(({ place, code }) => `${place.file}:${place.line}:${place.column} ${code}`) }
}

describe('what is linted', () => {
  test('is every repository of a folder, and of each its workflows, actions and configuration', async () => {
    await write({
      'one/.github/workflows/a.yml': good,
      'one/.github/workflows/b.yaml': good,
      'one/.github/workflows/notes.md': 'x',
      'one/.github/dispatching.yml': 'inbound: []\n',
      'one/actions/x/action.yml': action,
      'one/node_modules/y/action.yml': 'broken',
      'more/two/action.yaml': action,
      'more/other/README.md': 'x',
    })
    expect((await lint()).files).toEqual([
      'more/two/action.yaml',
      'one/.github/workflows/a.yml',
      'one/.github/workflows/b.yaml',
      'one/.github/dispatching.yml',
      'one/actions/x/action.yml',
    ])
  })

  test('is of a repository not what lies in a repository within it', async () => {
    await write({ '.github/workflows/a.yml': good, 'inner/.github/workflows/b.yml': good, 'inner/action.yml': action })
    expect((await lint()).files).toEqual(['.github/workflows/a.yml'])
    expect((await lint('.', 'inner')).files).toEqual(['.github/workflows/a.yml', 'inner/.github/workflows/b.yml', 'inner/action.yml'])
  })
})

const CATALOGUE = `template: { repository: acme/template, version: v1.0.0 }
categories:
  - slug: auth
    label: Sign-in
    selection_type: SINGLE
    display_order: 1
    options:
      - { slug: none, label: Nobody, display_order: 1, is_default: true }
`
const REQUEST = '{\n  "repo_owner": "acme",\n  "repo_slug": "shop"\n}\n'

describe('the files of Switchyard', () => {
  test('are found where their readers look, requests beside a catalogue only', async () => {
    await write({
      'control/.github/switchyard.yml': 'accepts: [acme/other]\n',
      'control/.github/notes.json': '{}',
      'control/bootstrap/catalog.yml': CATALOGUE,
      'control/bootstrap/requests/shop.json': REQUEST,
      'control/bootstrap/requests/README.md': 'x',
      'made/.github/bootstrap.json': REQUEST,
      'other/.github/dispatching.yml': 'inbound: []\n',
      'other/bootstrap/requests/not-ours.json': '{}',
    })
    expect(await lint()).toEqual({
      files: [
        'control/.github/switchyard.yml',
        'control/bootstrap/catalog.yml',
        'control/bootstrap/requests/shop.json',
        'made/.github/bootstrap.json',
        'other/.github/dispatching.yml',
      ],
      faults: ['other/.github/dispatching.yml:1:10 empty'],
    })
  })

  test.each([
    ['.github/switchyard.yml', 'commands:\n  - { command: "bootstrap run", role: king }\n', '2:39 unknown-value'],
    ['.github/bootstrap.json', REQUEST.replace('"acme"', '7'), '2:17 wrong-type'],
    ['bootstrap/catalog.yml', CATALOGUE.replace('SINGLE', 'SOME'), '5:21 unknown-value'],
    ['bootstrap/requests/shop.json', REQUEST.replace('repo_slug', 'repo_slog'), '1:1 missing-key'],
  ])('%s is read by its own parser', async (path, text, expected) => {
    await write({ '.github/workflows/w.yml': good, 'bootstrap/catalog.yml': CATALOGUE, [path]: text })
    expect((await lint()).faults[0]).toBe(`${path}:${expected}`)
  })
})

const RELEASE = 'name: Spring\ntype: release\nsteps:\n  deploy:\n    - { id: migrate, name: Migrate, type: sql, file: steps/migrate.sql }\n'

describe('the files of releases', () => {
  const files = {
    '.github/switchyard.yml': 'accepts: [acme/other]\n',
    'release/inventory.yml': 'clusters:\n  - { name: eu-1, customers: [{ name: Acme, namespace: acme }] }\n',
  }

  test('are found beside an inventory only; one with another ending is silently no release, and warned of', async () => {
    await write({
      ...files,
      'release/releases/a.yml': RELEASE,
      'release/releases/b.yaml': RELEASE,
      'release/steps/migrate.sql': 'select 1\n',
      'release/releases/notes.md': 'x',
    })
    expect(await lint()).toEqual({
      files: ['.github/switchyard.yml', 'release/inventory.yml', 'release/releases/a.yml', 'release/releases/b.yaml'],
      faults: ['release/releases/b.yaml:1:1 misnamed-release'],
    })
    await rm(join(folder, 'release/inventory.yml'))
    expect((await lint()).files).toEqual(['.github/switchyard.yml'])
  })

  test.each([
    ['an inventory with a fault', { 'release/inventory.yml': 'clusters:\n  - { nam: eu-1 }\n' }, 'release/inventory.yml:2:5 missing-key'],
    ['a content that is not there', { 'release/releases/a.yml': RELEASE }, 'release/releases/a.yml:5:54 missing-file'],
    [
      'a fault in a content, at its place',
      { 'release/releases/a.yml': RELEASE, 'release/steps/migrate.sql': 'a\nb\u202ec\n' },
      'release/steps/migrate.sql:2:2 hidden-character',
    ],
    ['a bad slug', { 'release/releases/A.yml': RELEASE, 'release/steps/migrate.sql': 'x' }, 'release/releases/A.yml:1:1 bad-slug'],
  ])('%s', async (_, changed, expected) => {
    await write({ ...files, ...changed })
    expect((await lint()).faults[0]).toBe(expected)
  })

  test('a content behind a link that leads out of the repository is not read', async () => {
    await write({
      'one/.github/switchyard.yml': 'accepts: [acme/other]\n',
      'one/release/inventory.yml': files['release/inventory.yml'],
      'one/release/releases/a.yml': RELEASE,
      'secret.sql': 'x',
      'one/release/steps/x': '',
    })
    await symlink(join(folder, 'secret.sql'), join(folder, 'one/release/steps/migrate.sql'))
    expect((await lint('one')).faults).toEqual(['one/release/releases/a.yml:5:54 missing-file'])
  })
})

describe('faults', () => {
  test.each([
    ['an unknown key', `${good}nope: 1\n`, '9:1 invalid-workflow'],
    ['YAML that does not parse', `${good}  - [`, '9:1 invalid-workflow'],
    ['an unknown context', good.replace('timeout-minutes: 5', "timeout-minutes: 5\n    if: steps.a == 'b'"), '7:9 invalid-workflow'],
    [
      'an input that one of our actions does not have',
      workflow('- uses: switchyard/switchyard/actions/ledger@v1\n        with: { comand: verify }'),
      '9:17 invalid-workflow',
    ],
    ['an action of ours that is not there', workflow('- uses: switchyard/switchyard/actions/lager@v1'), '8:15 invalid-workflow'],
    ['a local action without its required input', workflow('- uses: ./x'), '8:15 missing-input'],
    ['a local action with an input it does not have', workflow('- uses: ./x\n        with: { need: 1, many: 2 }'), '9:26 unknown-input'],
    ['a local action that is not there', workflow('- uses: ./y'), '8:15 action-not-found'],
    ['a called workflow that is not there', `${good}  b: { uses: ./.github/workflows/no.yml }\n`, '9:14 invalid-workflow'],
    [
      'a queue that cancels, told once',
      `${good}concurrency: { group: a, queue: max, cancel-in-progress: true }\n`,
      '9:26 queue-with-cancel',
    ],
  ])('%s', async (_, text, expected) => {
    await write({ 'x/action.yml': action, '.github/workflows/w.yml': text })
    expect((await lint()).faults[0]).toBe(`.github/workflows/w.yml:${expected}`)
  })

  test('a local action is not looked for outside the repository', async () => {
    await write({ 'x/action.yml': action, 'repository/.github/workflows/w.yml': workflow('- uses: ./../x') })
    expect((await lint('repository')).faults[0]).toBe('repository/.github/workflows/w.yml:8:15 action-not-found')
  })

  test("of other people's actions and workflows are not guessed", async () => {
    const pinned = 'a'.repeat(40)
    const text = `${workflow(`- uses: o/r@${pinned}\n        with: { any: 1 }`)}  b:\n    uses: o/r/.github/workflows/w.yml@${pinned}\n    with: { any: 1 }\n`
    await write({ '.github/workflows/w.yml': text })
    expect((await lint()).faults).toEqual([])
  })

  test('in an action and in the configuration file', async () => {
    await write({ 'action.yml': `${action}nope: 1\n`, '.github/dispatching.yml': 'outbund: []\n' })
    expect((await lint()).faults).toEqual(['.github/dispatching.yml:1:1 unknown-key', 'action.yml:7:1 invalid-action'])
  })
})

describe('switchyard lint', () => {
  test('ends with 0 when there is no fault', async () => {
    await write({ '.github/workflows/w.yml': good })
    expect(await runCli({ args: ['lint', folder] })).toEqual({ exitCode: 0, stdout: '1 file read, no fault\n', stderr: '' })
  })

  test('ends with 1 for errors, and shows each with its line and a caret', async () => {
    await write({ '.github/workflows/w.yml': workflow('- run: echo "${{ github.head_ref }}\u001b[2J"') })
    const { exitCode, stdout } = await runCli({ args: ['lint', '.'], cwd: folder })
    expect(exitCode).toBe(1)
    expect(stdout).toBe(
      [
        '.github/workflows/w.yml',
        '  8:20 error `github.head_ref` is text that others write, put into a script as code script-injection',
        '    8 |       - run: echo "${{ github.head_ref }}\\u{1b}[2J"',
        '      |                    ^',
        '      Pass it through `env:` and use the variable: the value then stays a value.',
        '',
        '1 file read: 1 error, 0 warnings',
        '',
      ].join('\n'),
    )
  })

  test('ends quietly when nobody reads on', async () => {
    await write({ '.github/workflows/w.yml': good })
    expect(await runCli({ args: ['lint', folder], onStarted: ({ stdout }) => stdout?.destroy() })).toMatchObject({
      exitCode: 0,
      stderr: '',
    })
  })

  test('takes warnings for faults with --strict only', async () => {
    await write({ '.github/workflows/w.yml': good.replace('    timeout-minutes: 5\n', '') })
    const [lax, strict] = await Promise.all([runHere(['lint', folder]), runHere(['lint', '--strict', '--json', folder])])
    expect([lax.exitCode, strict.exitCode]).toEqual([0, 1])
    expect(JSON.parse(strict.stdout)).toMatchObject({
      schema_version: 1,
      files: 1,
      errors: 0,
      warnings: 1,
      faults: [{ line: 4, column: 3, code: 'no-time-limit', severity: 'warning' }],
    })
  })

  test.each([
    ['a folder that is not there', ['/nowhere/at/all'], 'NOT_A_FOLDER'],
    ['a folder with nothing to lint', [join(import.meta.dirname, '../bin')], 'NOTHING_TO_LINT'],
    ['no folder', [], 'USAGE'],
  ])('ends with 2 for %s', async (_, args, code) => {
    const { exitCode, stdout } = await runHere(['lint', '--json', ...args])
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ code })
  })
})

test('a very long line is shown around its place', () => {
  const line = `${' '.repeat(10)}${'x'.repeat(200)}HERE${'y'.repeat(200)}`
  const fault = { code: 'c', message: 'm', severity: 'error', place: { file: 'a.yml', line: 1, column: 211 } } as const
  const [, , shown = '', caret = ''] = renderReport(
    { style: (_, text) => text },
    { files: new Map([['a.yml', line]]), faults: [fault] },
  ).split('\n')
  expect(shown.length).toBeLessThan(140)
  expect(shown.slice(caret.indexOf('^')).startsWith('HERE')).toBe(true)
})

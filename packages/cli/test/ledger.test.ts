import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { BOOTSTRAP_BRANCH, BRANCH, type LedgerLab, openLedgerLab, RECIPE, RECIPE_PATH, REPOSITORY } from './ledger-lab.ts'
import { type CliEnd, runCli } from './run-cli.ts'
import { runHere } from './run-here.ts'

const migration = z.object({ documents: z.array(z.object({ kind: z.string(), version: z.number() })), written: z.array(z.string()) })

let lab: LedgerLab
let folder: string
beforeAll(async () => {
  lab = await openLedgerLab()
  folder = await mkdtemp(join(tmpdir(), 'clone-'))
  await lab.clone(folder)
})
afterAll(async () => {
  await lab.close()
  await rm(folder, { recursive: true, force: true })
})

const onGitHub = (...args: readonly string[]): Promise<CliEnd> => runHere(['ledger', ...args, '--repository', REPOSITORY], lab.env)
const inClone = (...args: readonly string[]): Promise<CliEnd> => runHere(['ledger', ...args, '--folder', folder])
const change = (files: Readonly<Record<string, string>>, branch = BRANCH): Promise<string> =>
  lab.github.world.commit({ repository: REPOSITORY, branch, files })

describe('switchyard ledger', () => {
  test('reads the same from GitHub and from a clone', async () => {
    const [github, clone] = await Promise.all([
      runCli({ args: ['ledger', 'export', '--repository', REPOSITORY], env: lab.env }),
      runCli({ args: ['ledger', 'export', '--folder', '.'], cwd: folder }),
    ])
    expect(github.exitCode).toBe(0)
    expect(clone).toEqual(github)
    const events = github.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events.map(({ seq, type }) => `${seq} ${type}`)).toEqual(['1 dispatch.denied', '2 dispatch.requested', '3 effect.intended'])
  })

  test('shows streams, subjects, last events and open intents', async () => {
    const [shown, json] = await Promise.all([onGitHub('show'), inClone('show', '--json')])
    expect(shown.exitCode).toBe(0)
    expect(shown.stdout).toMatch(/switchyard\/dispatch +[0-9a-f]{12} +2 +3 +1 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ effect\.intended/)
    expect(shown.stdout).toMatch(/repo-1~run-2 +2 +1 +.* effect\.intended +octocat\nrepo-1~run-1 +1 +.* dispatch\.denied +octocat/)
    expect(shown.stdout).toMatch(
      /Open intents of switchyard\/dispatch\n.*\nrepo-1~run-2 .* start-workflow .* \d{4}-\d\d-\d\d [\d:]+Z +https:\/\/github\.example\/runs\/2/,
    )
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema_version: 1,
      ledgers: [
        { branch: BOOTSTRAP_BRANCH, subjects: [{ subject: 'acme/made', open_intents: 1 }] },
        {
          branch: BRANCH,
          events: 3,
          subjects: [
            { subject: 'repo-1~run-2', open_intents: 1, last: { seq: 3 } },
            { subject: 'repo-1~run-1', open_intents: 0 },
          ],
        },
      ],
    })
  })

  test('shows the events of a subject in order', async () => {
    const { stdout } = await inClone('show', 'repo-1~run-2', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ subject: 'repo-1~run-2', events: [{ seq: 2 }, { seq: 3 }] })
    expect((await inClone('show', 'repo-1~run-1')).stdout).toMatch(/^seq .*\n1 .* dispatch\.denied +octocat +https:/)
  })

  test('says of each kind of document that it is at the only version there is', async () => {
    const { exitCode, stdout } = await inClone('migrate')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /ledger\.json +1 +already at version 1\nopen\.json +1 +already at version 1\nstates +2 +already at version 1\nreceipts +2 +already at version 1\nevents +2 +already/,
    )
    const { documents, written } = migration.parse(JSON.parse((await onGitHub('migrate', '--json')).stdout))
    expect(documents.map(({ kind, version }) => `${kind} ${version}`).sort()).toEqual([
      'batch 1',
      'batch 1',
      'ledger 1',
      'open 1',
      'receipt 1',
      'receipt 1',
      'state 1',
      'state 1',
    ])
    expect(written).toEqual([])
  })

  test('exports into a file', async () => {
    const output = join(folder, 'events.jsonl')
    expect(await inClone('export', '--output', output)).toMatchObject({ exitCode: 0, stdout: `3 events of ${BRANCH} are in ${output}\n` })
    expect((await readFile(output, 'utf8')).split('\n')).toHaveLength(4)
  })

  test.each([
    ['a branch that is not there', ['verify', '--branch', 'switchyard/none'], 'NO_LEDGER'],
    ['a subject that is not there', ['show', 'nobody'], 'SUBJECT_NOT_FOUND'],
    ['a stream without rules', ['verify', '--stream', 'fleet'], 'STREAM_UNKNOWN'],
    ['a stream that is none', ['verify', '--stream', 'x'], 'USAGE'],
    ['a branch that git would take for an option', ['verify', '--branch=--upload-pack=x'], 'USAGE'],
    ['writing to a clone', ['rebuild'], 'LEDGER_READ_ONLY'],
    ['a clone and a repository at once', ['verify', '--repository', REPOSITORY], 'USAGE'],
  ])('refuses %s', async (_, args, code) => {
    const { exitCode, stdout } = await inClone(...args, '--json')
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ code })
  })

  test.each([
    ['no repository', ['verify'], {}, 'NO_REPOSITORY'],
    ['no token', ['verify', '--repository', REPOSITORY], { GITHUB_TOKEN: '' }, 'NO_TOKEN'],
    ['a folder that is no clone', ['verify', '--folder', '/'], {}, 'NOT_A_CLONE'],
  ])('refuses %s', async (_, args, env, code) => {
    const { exitCode, stdout } = await runHere(['ledger', ...args, '--json'], env)
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ code })
  })

  test('says that GitHub does not know the token', async () => {
    const { exitCode, stdout } = await runHere(['ledger', 'show', '--repository', REPOSITORY, '--json'], {
      ...lab.env,
      GITHUB_TOKEN: 'ghp_wrong',
    })
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ code: 'GITHUB_UNAUTHORIZED' })
    expect(stdout).not.toContain('ghp_wrong')
  })
})

test('a clone is read by its own branch before the one that was fetched', async () => {
  const git = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)('git', ['-C', folder, ...args])).stdout.trim()
  await git('branch', BRANCH, `origin/${BRANCH}~1`)
  const { events } = JSON.parse((await inClone('export', '--json')).stdout) as { events: readonly unknown[] }
  expect(events).toHaveLength(1)
  await git('branch', '-D', BRANCH)
})

describe('a ledger of bootstraps', () => {
  const ask = (command: string, ...args: readonly string[]): Promise<CliEnd> => onGitHub(command, '--stream', 'bootstrap', ...args)

  test('is verified, shown and exported as any other', async () => {
    expect(await ask('verify')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^switchyard\/bootstrap at [0-9a-f]{12}: 3 events, every derived file/),
    })
    expect((await ask('show')).stdout).toMatch(/acme\/made +3 +1 .* effect\.intended/)
    expect((await ask('migrate')).stdout).toMatch(/states +1 +already at version 1/)
    expect((await ask('rebuild')).stdout).toContain('right already')
    expect(await onGitHub('verify', '--branch', BOOTSTRAP_BRANCH, '--json')).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining('LEDGER_FOREIGN'),
    })
  })

  test('is exported with the texts beside its events when they are asked for, and names them when not', async () => {
    const [bare, whole, json] = await Promise.all([ask('export'), ask('export', '--texts'), ask('export', '--texts', '--json')])
    const hash = RECIPE_PATH.slice(-64)
    expect(bare.stdout.trimEnd().split('\n')).toHaveLength(3)
    expect(bare.stdout).toContain(hash)
    expect(whole.stdout).toBe(`${bare.stdout}${JSON.stringify({ sha256: hash, text: RECIPE })}\n`)
    expect(JSON.parse(json.stdout)).toMatchObject({ texts: { [hash]: RECIPE } })
  })

  test('is made anew where it was changed by hand, and its texts are left as they are, but named', async () => {
    await change({ 'views/stray.json': '1', 'open.json': '{}', [RECIPE_PATH]: 'altered' }, BOOTSTRAP_BRANCH)
    const found = async () => JSON.parse((await ask('verify', '--json')).stdout) as unknown
    const text = { kind: 'text', path: RECIPE_PATH, severity: 'error' }
    expect(await found()).toMatchObject({
      findings: [text, { kind: 'differs', path: 'open.json' }, { kind: 'unexpected', path: 'views/stray.json' }],
    })
    expect((await ask('rebuild')).stdout).toContain('1 files made anew, 1 removed')
    expect(await found()).toMatchObject({ errors: 1, findings: [text] })
    expect(await ask('export', '--texts', '--json')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(RECIPE_PATH) })
    expect((await ask('export')).exitCode).toBe(0)
  })
})

test('what was changed by hand is found, made anew, and then right', async () => {
  expect(await onGitHub('verify')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('every derived file is what they give') })
  await change({ 'views/stray.json': '1', 'open.json': '{}' })
  const found = await onGitHub('verify', '--json')
  expect(found.exitCode).toBe(1)
  expect(JSON.parse(found.stdout).findings).toMatchObject([
    { kind: 'differs', path: 'open.json' },
    { kind: 'unexpected', path: 'views/stray.json' },
  ])
  expect(await onGitHub('show')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('LEDGER_CORRUPT open.json') })
  expect(await onGitHub('rebuild')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 files made anew, 1 removed') })
  expect((await onGitHub('verify')).exitCode).toBe(0)
  expect((await onGitHub('rebuild')).stdout).toContain('right already')
})

test('a document of a newer version is refused by every command, and nothing is written', async () => {
  await change({ 'ledger.json': '{"format":2}' })
  const head = await lab.github.world.git(REPOSITORY).readRef(`refs/heads/${BRANCH}`)
  for (const command of ['migrate', 'show', 'verify', 'rebuild', 'export']) {
    const { exitCode, stdout } = await onGitHub(command, '--json')
    expect([command, exitCode, JSON.parse(stdout).code]).toEqual([command, 2, 'LEDGER_TOO_NEW'])
  }
  expect(await lab.github.world.git(REPOSITORY).readRef(`refs/heads/${BRANCH}`)).toBe(head)
})

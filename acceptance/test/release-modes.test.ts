import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createReleaseStage, PLATFORM, type ReleaseStage } from '../src/index.ts'

let stage: ReleaseStage
beforeEach(async () => void (stage = await createReleaseStage()))
afterEach(() => stage.close())

const press = (inputs: Readonly<Record<string, string>>, actor?: string) =>
  stage.play({ inputs: { release: 'hotfix', ...inputs }, ...(actor !== undefined && { actor }) })
const activate = async (): Promise<void> => expect((await press({ mode: 'activate' })).outputs['reason-code']).toBe('commanded')
/** The board is the repository's first issue where nobody wrote one. */
const BOARD = 1

describe('a form', () => {
  test('walks a release from draft to archive, without an issue but the board', async () => {
    expect((await press({ mode: 'activate' })).outputs).toMatchObject({
      decision: 'done',
      release: 'hotfix',
      percent: '0',
      board: expect.stringMatching(/issues\/1$/),
    })
    expect(
      (await press({ mode: 'done', step: 'rotate', customers: 'cluster:eu-*\nus-1/pelican', notes: 'by hand' })).outputs,
    ).toMatchObject({ decision: 'done', changes: '3', percent: '33' })
    expect((await press({ mode: 'skip', step: 'reload', customers: '--all !eu-1/brede', reason: 'no gateway' })).outputs).toMatchObject({
      changes: '2',
      percent: '56',
    })
    expect((await press({ mode: 'revert', step: 'rotate', customers: 'brede' })).outputs).toMatchObject({ changes: '1', percent: '44' })
    expect((await press({ mode: 'override', step: 'reload', customers: 'brede', content: 'echo own' })).outputs).toMatchObject({
      changes: '1',
    })
    expect((await press({ mode: 'reset', step: 'reload', customers: 'brede' })).outputs).toMatchObject({ changes: '1' })
    expect(
      (await press({ mode: 'add-step', customers: 'brede', name: 'Warm up', content: 'echo warm', anchor: 'after:rotate' })).outputs,
    ).toMatchObject({ changes: '1', percent: '40' })
    expect((await press({ mode: 'edit-step', step: 'custom-1', customers: 'brede', name: 'Warmer' })).outputs).toMatchObject({
      changes: '1',
    })
    expect(stage.bodyOf(BOARD)).toContain('Warmer')
    expect((await press({ mode: 'remove-step', step: 'custom-1', customers: 'brede' })).outputs).toMatchObject({
      changes: '1',
      percent: '44',
    })
    expect((await press({ mode: 'archive' })).outputs).toMatchObject({ changes: '1' })
    const late = await press({ mode: 'done', step: 'rotate', customers: 'brede' })
    expect(late.outputs).toMatchObject({ decision: 'refused', 'reason-code': 'not-active' })
    expect(late.exitCode).not.toBe(0)
  })

  test('shows on the run’s page what it is asked to show, to whoever may read', async () => {
    await activate()
    await press({ mode: 'done', step: 'rotate', customers: 'brede', notes: 'by hand' })
    for (const [inputs, text] of [
      [{ mode: 'status' }, 'kaldvik'],
      [{ mode: 'status', customers: 'us-1' }, 'pelican'],
      [{ mode: 'progress' }, 'eu-1'],
      [{ mode: 'list' }, 'A certificate that ends too early'],
      [{ mode: 'customer', customers: 'brede' }, 'by hand'],
      [{ mode: 'show', step: 'rotate', customers: 'brede' }, 'echo rotated'],
    ] as const) {
      const { outputs, summary } = await press(inputs, 'reader')
      expect(outputs).toMatchObject({ decision: 'done', 'reason-code': 'shown' })
      expect(summary).toContain(text)
    }
    expect(stage.commentsOf(BOARD)).toEqual([])
  })

  test('that somebody without the right sent is refused, and changes nothing', async () => {
    await activate()
    const before = stage.bodyOf(BOARD)
    const { outputs, exitCode } = await press({ mode: 'done', step: 'rotate', customers: '--all' }, 'reader')
    expect([outputs['reason-code'], exitCode === 0]).toEqual(['not-allowed', false])
    expect(stage.bodyOf(BOARD)).toBe(before)
  })

  test('as a dry run lists the changes and makes none, also where a comment has no such flag', async () => {
    await activate()
    const dry = await press({ mode: 'done', step: 'rotate', customers: '--all', 'dry-run': 'true' })
    expect(dry.outputs).toMatchObject({ 'reason-code': 'dry-run', changes: '0', percent: '0' })
    expect(dry.summary).toContain('3 changes would be made')
    expect((await press({ mode: 'archive', 'dry-run': 'true' })).outputs['reason-code']).toBe('dry-run')
    expect((await press({ mode: 'done', step: 'rotate', customers: '--all' })).outputs).toMatchObject({ changes: '3' })
  })

  test('that names nobody of the release says who was meant', async () => {
    await activate()
    const { outputs, summary } = await press({ mode: 'done', step: 'rotate', customers: 'bred' })
    expect(outputs['reason-code']).toBe('no-customers')
    expect(summary).toContain('Did you mean “brede”?')
  })

  test('of a run that is started again is answered, and not done twice', async () => {
    await activate()
    const run = await stage.startRun()
    const inputs = { mode: 'add-step', release: 'hotfix', customers: 'brede', name: 'Warm up', content: 'echo warm' }
    for (const attempt of [1, 2]) {
      if (attempt > 1) stage.github.world.rerun(run.id)
      expect((await stage.play({ inputs, run, attempt })).outputs).toMatchObject({ decision: 'done', changes: '1' })
    }
    expect((await stage.play({ inputs: { ...inputs, mode: 'remove-step', step: 'custom-2' } })).outputs['reason-code']).toBe('unknown-step')
  })

  test.each([
    [{ mode: 'done', customers: 'brede' }, 'request-invalid'],
    [{ mode: 'done', step: 'rotate', customers: 'bred' }, 'not-active'],
    [{ mode: 'activate', release: '../hotfix' }, 'request-invalid'],
    [{ mode: 'activate', release: 'none' }, 'release-not-found'],
    [{ mode: 'status' }, 'not-active'],
  ])('%j ends with %s', async (inputs, reason) => {
    expect((await press(inputs)).outputs['reason-code']).toBe(reason)
  })
})

describe('a matrix', () => {
  let workspace: string
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'matrix-'))
    await activate()
  })
  afterEach(() => rm(workspace, { recursive: true, force: true }))
  const HEAD = 'cluster,namespace,category,step,status,executed_at,executed_by,reason,notes\n'
  const take = async (csv: string, actor?: string) => {
    await stage.github.world.commit({ repository: PLATFORM, files: { 'release/matrix.csv': csv } })
    return press({ mode: 'import' }, actor)
  }
  const exportTo = (path: string) => stage.play({ inputs: { mode: 'export', release: 'hotfix', 'csv-path': path }, workspace })
  const heads = async () => (await stage.github.world.git(PLATFORM).readRef('refs/heads/switchyard/release')) ?? ''

  test('is taken over in one commit, is nothing to do again, and comes out as it went in', async () => {
    const csv = `${HEAD}eu-1,brede,deploy,rotate,done,2026-11-01T08:00:00Z,Jo of ops,,by hand\nus-1,pelican,deploy,reload,skipped,,,"no gateway, there",\n`
    const taken = await take(csv)
    expect(taken.outputs).toMatchObject({ decision: 'done', changes: '2', percent: '22' })
    expect(stage.bodyOf(BOARD).match(/^- \[x\] /gm)).toHaveLength(1)
    const head = await heads()
    expect((await take(csv)).outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'nothing-changed' })
    const { outputs } = await exportTo('out/matrix.csv')
    expect(outputs).toMatchObject({ decision: 'done', 'reason-code': 'exported' })
    const written = await readFile(join(workspace, 'out/matrix.csv'), 'utf8')
    expect(written.split('\r\n')).toHaveLength(11)
    expect(written).toContain('eu-1,brede,deploy,rotate,done,2026-11-01T08:00:00.000Z,Jo of ops,"",by hand\r\n')
    expect((await take(written)).outputs).toMatchObject({ decision: 'nothing-to-do' })
    expect(await heads()).toBe(head)
  })

  test('with a fault in it is refused whole, each fault at its line and column', async () => {
    const head = await heads()
    const { outputs, annotations } = await take(
      `${HEAD}eu-1,brede,deploy,rotate,done,,,,\neu-1,bred,deploy,rotate,done,,,,\neu-1,brede,deploy,reload,doen,,,,\n`,
    )
    expect(outputs['reason-code']).toBe('csv-invalid')
    expect(annotations.filter(({ line }) => line !== undefined).map(({ file, line, column }) => [file, line, column])).toEqual([
      ['release/matrix.csv', 3, 1],
      ['release/matrix.csv', 4, 26],
    ])
    expect((await take(`${HEAD}eu-1,brede,deploy,rotate,done,,,,\nus-1,pelican,deploy,reload,done,,,,\n`)).outputs['changes']).toBe('2')
    const now = await heads()
    expect(now).not.toBe(head)
    expect((await take(`${HEAD}eu-1,brede,deploy,reload,done,,,,\nus-1,pelican,deploy,reload,reverted,,,,\n`)).outputs).toMatchObject({
      decision: 'refused',
      'reason-code': 'wrong-status',
    })
    expect(await heads()).toBe(now)
  })

  test('is not taken from somebody who may not, and not without a file', async () => {
    expect((await press({ mode: 'import' })).outputs['reason-code']).toBe('csv-not-found')
    const { world } = stage.github
    world.addCollaborator(PLATFORM, 'writer', 'write')
    const csv = `${HEAD}eu-1,brede,deploy,rotate,done,,,,\n`
    expect((await take(csv, 'writer')).outputs['reason-code']).toBe('not-allowed')
    await world.commit({
      repository: PLATFORM,
      files: { '.github/switchyard.yml': 'commands:\n  - { command: "step done", role: admin }\n' },
    })
    world.addUser({ login: 'keeper' })
    world.addCollaborator(PLATFORM, 'keeper', 'maintain')
    expect((await take(csv, 'keeper')).outputs['reason-code']).toBe('not-allowed')
    expect((await take(csv.replace('done', 'reverted'), 'keeper')).outputs['changes']).toBe('1')
  })

  test('of more than GraphQL hands out as text is read all the same', async () => {
    const { outputs } = await take(`${HEAD}eu-1,brede,deploy,rotate,done,,,,\n${'\n'.repeat(600_000)}`)
    expect(outputs['changes']).toBe('1')
  })

  test.each(['../outside.csv', 'link/matrix.csv', 'leads-out.csv'])('is not written to %s, outside of the workspace', async (path) => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'))
    await writeFile(join(outside, 'known.csv'), 'kept')
    await symlink(outside, join(workspace, 'link'))
    await symlink(join(outside, 'known.csv'), join(workspace, 'leads-out.csv'))
    expect((await exportTo(path)).outputs['reason-code']).toBe('export-path-outside')
    expect(await readFile(join(outside, 'known.csv'), 'utf8')).toBe('kept')
    await rm(outside, { recursive: true })
  })
})

describe('lint', () => {
  const lint = (base?: string) =>
    stage.play({ eventName: 'pull_request', payload: base === undefined ? {} : { pull_request: { base: { sha: base } } } })
  const commit = (files: Readonly<Record<string, string | null>>) => stage.github.world.commit({ repository: PLATFORM, files })

  test('finds sound files sound, and says what is wrong with others at its place', async () => {
    expect((await lint()).outputs).toMatchObject({ decision: 'done', 'reason-code': 'files-sound' })
    await commit({
      'release/releases/next.yml':
        'name: Next\ntype: release\nsteps:\n  deploy:\n    - { id: custom-1, name: A, type: bash, file: steps/a.sh }\n',
      'release/steps/a.sh': 'a\r\n',
      'release/releases/old.yaml': 'x',
      '.github/switchyard.yml': 'commands:\n  - { command: "step done", role: king }\n',
    })
    const { outputs, annotations } = await lint()
    expect(outputs).toMatchObject({ decision: 'failed', 'reason-code': 'files-faulty' })
    expect(
      annotations
        .filter(({ line }) => line !== undefined)
        .map(({ file, line, column, level }) => `${file}:${line}:${column} ${level}`)
        .sort(),
    ).toEqual([
      '.github/switchyard.yml:2:35 error',
      'release/releases/next.yml:5:13 error',
      'release/releases/old.yaml:1:1 warning',
      'release/steps/a.sh:1:2 error',
    ])
  })

  test('refuses a change that forgets a customer', async () => {
    const base = (await stage.github.world.git(PLATFORM).readRef('refs/heads/main')) ?? ''
    await commit({ 'release/inventory.yml': 'clusters:\n  - { name: eu-1, customers: [{ name: Port of Brede, namespace: brede }] }\n' })
    expect((await lint()).outputs['reason-code']).toBe('files-sound')
    const { outputs, annotations } = await lint(base)
    expect(outputs['reason-code']).toBe('files-faulty')
    expect(annotations.map(({ message }) => message).join('\n')).toMatch(/eu-1\/kaldvik.*is gone[\s\S]*us-1.*is gone/)
  })
})

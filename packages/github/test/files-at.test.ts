import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRoles } from '../src/index.ts'
import { askRole } from '../src/operations/ask-role.ts'
import { parseRole, readFileAt, readFileVersions } from '../src/operations/index.ts'
import { caught } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

const app = { owner: 'acme', name: 'app' }
let lab: OperationsLab
let first: string

const commit = (files: Readonly<Record<string, string | Buffer | null>>): Promise<string> =>
  lab.local.world.commit({ repository: 'acme/app', files })

beforeAll(async () => {
  lab = await openOperationsLab()
  await lab.local.world.addRepository({ owner: 'acme', name: 'app' })
  first = await commit({ 'bootstrap/catalog.yml': 'one', binary: Buffer.from([0, 1, 2, 255]), 'large.txt': 'ä'.repeat(300_000) })
})
afterAll(() => lab[Symbol.asyncDispose]())

describe('readFileAt', () => {
  const readAt = (path: string, at = first) => readFileAt(lab.boss, app, { path, commit: at })

  test('reads a text as it was, in one request', async () => {
    const second = await commit({ 'bootstrap/catalog.yml': 'two' })
    lab.local.log.reset()
    expect([await readAt('bootstrap/catalog.yml'), await readAt('bootstrap/catalog.yml', second)]).toEqual(['one', 'two'])
    expect(lab.local.log.count()).toBe(2)
  })

  test.each([
    ['that is not there', 'none.yml'],
    ['that is a folder', 'bootstrap'],
    ['that is no text', 'binary'],
    ['that is larger than GitHub hands out', 'large.txt'],
  ])('has no text of a file %s', async (_, path) => {
    expect(await readAt(path)).toBeUndefined()
  })

  test('has none of a commit that is not there', async () => {
    expect(await readAt('bootstrap/catalog.yml', 'e'.repeat(40))).toBeUndefined()
  })

  test('of a repository that is not seen is an error', async () => {
    expect(await caught(readFileAt(lab.boss, { owner: 'acme', name: 'none' }, { path: 'a', commit: first }))).toMatchObject({
      name: 'GitHubError',
      code: 'GITHUB_NOT_FOUND',
    })
  })
})

describe('readFileVersions', () => {
  const versions = (path: string, limit = 100) => readFileVersions(lab.boss, app, { path, limit })

  test('reads every text that the file has had, newest first, ten a query', async () => {
    for (let version = 1; version <= 23; version += 1) await commit({ 'history.yml': `v${version}`, [`other-${version}`]: 'x' })
    await commit({ 'history.yml': null })
    await commit({ 'history.yml': 'back' })
    lab.local.log.reset()
    expect(await versions('history.yml')).toEqual(['back', ...Array.from({ length: 23 }, (_, at) => `v${23 - at}`)])
    expect(lab.local.log.entries().map(({ method }) => method)).toEqual(['GET', 'POST', 'POST', 'POST'])
  })

  test('looks at so many commits at the most', async () => {
    expect(await versions('history.yml', 3)).toEqual(['back', 'v23'])
  })

  test('tells a text once that came again in the next commit, and leaves out what is no text', async () => {
    await commit({ 'same.yml': 'same' })
    await lab.local.world.commit({ repository: 'acme/app', files: { 'same.yml': Buffer.from([0, 255]) } })
    await commit({ 'same.yml': 'same' })
    expect(await versions('same.yml')).toEqual(['same'])
  })

  test('has none of a file that never was', async () => {
    expect(await versions('never.yml')).toEqual([])
  })
})

describe('a role', () => {
  const roleOf = async (login: string, github = lab.boss) => parseRole(await askRole(github, app, login), login)

  test('tells what somebody may do, by the login as it is written', async () => {
    const { world } = lab.local
    for (const [login, role] of [
      ['triager', 'triage'],
      ['keeper', 'maintain'],
    ] as const) {
      world.addUser({ login })
      world.addCollaborator('acme/app', login, role)
    }
    world.addUser({ login: 'stranger' })
    const roles = await Promise.all(['BOSS', 'triager', 'keeper', 'stranger'].map((login) => roleOf(login)))
    expect(roles).toEqual([
      { login: 'boss', id: world.account('boss').id, roleName: 'admin', permission: 'admin' },
      { login: 'triager', id: world.account('triager').id, roleName: 'triage', permission: 'read' },
      { login: 'keeper', id: world.account('keeper').id, roleName: 'maintain', permission: 'write' },
      { login: 'stranger', id: world.account('stranger').id, roleName: 'none', permission: 'none' },
    ])
  })

  test('of an account that is not there is undefined; another refusal is an error', async () => {
    expect(await roleOf('nobody')).toBeUndefined()
    expect(await roleOf('github-actions[bot]')).toBeUndefined()
    const roles = createRoles(lab.boss, app)
    expect(await roles.of('github-actions[bot]')).toMatchObject({ roleName: 'none', permission: 'none' })
    expect(await caught(roles.of('nobody'))).toMatchObject({ code: 'REQUEST_INVALID' })
    lab.local.faults.add({ match: { method: 'GET' }, kind: 'error-before' })
    lab.local.faults.add({ match: { method: 'GET' }, kind: 'error-before' })
    expect(await roleOf('boss')).toMatchObject({ login: 'boss' })
    expect(await caught(roleOf('boss', lab.as('ghp_none')))).toMatchObject({ code: 'GITHUB_UNAUTHORIZED' })
  })
})

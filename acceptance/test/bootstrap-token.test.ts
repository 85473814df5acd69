import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BootstrapStage, createBootstrapStage, MAINTAINER, resultOf } from '../src/index.ts'

const DAY_MS = 24 * 60 * 60_000
const ALL = { administration: 'write', contents: 'write', workflows: 'write' } as const

let stage: BootstrapStage
beforeEach(async () => {
  stage = await createBootstrapStage()
})
afterEach(() => stage.close())

const verify = (token: string, inputs: Record<string, string> = {}) =>
  resultOf(stage, { credential: 'none', inputs: { mode: 'verify-token', 'bootstrap-token': token, ...inputs } })
const classic = (scopes: readonly string[], user = MAINTAINER, lifetimeMs = 90 * DAY_MS): string =>
  stage.github.world.createToken({ kind: 'classic', user, scopes, lifetimeMs })

test('a classic token with `repo` and `workflow` is fit', async () => {
  expect(await verify(classic(['repo', 'workflow', 'read:org']))).toMatchObject({
    code: 'token-fit',
    identity: 'user',
    login: MAINTAINER,
    scopes: ['repo', 'workflow', 'read:org'],
    problems: [],
    warnings: [],
    owners: [
      { login: MAINTAINER, hint: 'can create' },
      { login: 'acme', hint: 'can create' },
    ],
  })
})

test('without `repo` it is not, and without `workflow` it is warned of', async () => {
  expect(await verify(classic(['gist']))).toMatchObject({ code: 'token-unfit', problems: [expect.stringContaining('`repo`')] })
  expect(await verify(classic(['repo']))).toMatchObject({ code: 'token-fit', warnings: [expect.stringContaining('`workflow`')] })
})

test('one that ends in three days is warned of, one that ends in eight is not', async () => {
  const soon = await stage.play({
    credential: 'none',
    inputs: { mode: 'verify-token', 'bootstrap-token': classic(['repo', 'workflow'], MAINTAINER, 3 * DAY_MS) },
  })
  const day = new Date(stage.github.world.clock.now() + 3 * DAY_MS).toISOString().slice(0, 10)
  expect(soon.annotations).toMatchObject([{ level: 'warning', message: expect.stringMatching(`The token ends on ${day}`) }])
  expect(await verify(classic(['repo', 'workflow'], MAINTAINER, 8 * DAY_MS))).toMatchObject({ code: 'token-fit', warnings: [] })
})

test('a fine-grained token tells neither its permissions nor every owner: nothing is hidden on doubt', async () => {
  const token = stage.github.world.createToken({
    kind: 'fine-grained',
    user: 'reader',
    repositories: 'all',
    permissions: ALL,
    lifetimeMs: 2 * DAY_MS,
  })
  const found = await verify(token)
  expect(found).toMatchObject({
    code: 'token-fit',
    scopes: null,
    warnings: [expect.stringContaining('`administration: write`'), expect.stringContaining('ends on')],
  })
  expect(found['owners']).toContainEqual({ login: 'acme', hint: 'policy unknown' })
})

test('an App is judged by what its installation grants', async () => {
  expect(await resultOf(stage, { credential: 'app', inputs: { mode: 'verify-token' } })).toMatchObject({
    code: 'token-fit',
    identity: 'installation',
    owners: [{ login: 'acme', hint: 'can create' }],
  })
  const { app, privateKey = '' } = stage.github.world.addApp({
    slug: 'modest',
    owner: 'acme',
    permissions: { metadata: 'read', contents: 'read' },
  })
  stage.github.world.install({ app: 'modest', account: 'acme', repositories: 'all' })
  const found = await resultOf(stage, {
    credential: 'none',
    inputs: { mode: 'verify-token', 'app-id': String(app.id), 'private-key': privateKey },
  })
  expect(found).toMatchObject({
    code: 'token-unfit',
    problems: [expect.stringContaining('administration')],
    warnings: [expect.stringContaining('`workflows: write`')],
  })
})

test('an App at a person’s account makes no repositories there', async () => {
  stage.github.world.install({ app: 'switchyard', account: 'reader', repositories: 'all' })
  const found = await resultOf(stage, { credential: 'app', inputs: { mode: 'verify-token', owner: 'reader' } })
  expect(found).toMatchObject({
    code: 'token-unfit',
    problems: [expect.stringContaining('organisations only')],
    owners: [{ login: 'reader' }],
  })
})

test('a bad token is unfit, and the job’s own is none to begin with', async () => {
  expect(await verify('ghp_nothing')).toMatchObject({
    code: 'token-unfit',
    identity: null,
    problems: [expect.stringContaining('does not accept')],
  })
  expect(await resultOf(stage, { credential: 'none', inputs: { mode: 'verify-token' } })).toMatchObject({ code: 'credential-missing' })
})

test('every organisation is listed with its hint', async () => {
  const { world } = stage.github
  world.addOrganization({ login: 'open', members: { reader: 'member' } })
  world.addOrganization({ login: 'closed', members: { reader: 'member' } })
  world.addOrganization({ login: 'public-only', members: { reader: 'member' } })
  world.addOrganization({ login: 'mine', members: { reader: 'admin' } })
  world.setOrganizationPolicy('open', { membersCanCreatePrivateRepositories: true })
  world.setOrganizationPolicy('closed', { membersCanCreateRepositories: false })
  world.setOrganizationPolicy('public-only', { membersCanCreatePrivateRepositories: false })
  const { owners } = await verify(classic(['repo', 'workflow', 'read:org'], 'reader'))
  expect(owners).toEqual([
    { login: 'reader', hint: 'can create' },
    { login: 'open', hint: 'can create' },
    { login: 'closed', hint: 'policy blocks private repositories' },
    // Members are not shown the policy, only that they may make some.
    { login: 'public-only', hint: 'can create' },
    { login: 'mine', hint: 'can create' },
    { login: 'acme', hint: 'policy unknown' },
  ])
})

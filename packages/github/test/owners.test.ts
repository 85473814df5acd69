import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMemberships, readOwner, readTokenIdentity } from '../src/operations/index.ts'
import { caught } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

let lab: OperationsLab

beforeAll(async () => {
  lab = await openOperationsLab({ clock: { start: new Date('2026-03-01T00:00:00Z'), frozen: true } })
  lab.local.world.setOrganizationPolicy('acme', { membersCanCreatePrivateRepositories: false })
})
afterAll(() => lab[Symbol.asyncDispose]())

const classic = (scopes: readonly string[], lifetimeMs?: number) =>
  lab.as(lab.local.world.createToken({ kind: 'classic', user: 'member', scopes, ...(lifetimeMs === undefined ? {} : { lifetimeMs }) }))

describe('readOwner', () => {
  test('knows a person, an organisation with what it shows, and nobody', async () => {
    expect(await readOwner(lab.boss, 'MEMBER')).toMatchObject({ login: 'member', kind: 'user', policy: undefined })
    expect(await readOwner(lab.boss, 'acme')).toMatchObject({
      login: 'acme', kind: 'organization', plan: 'enterprise',
      policy: { membersCreate: true, membersCreatePublic: true, membersCreatePrivate: false, membersDelete: true },
    })
    expect(await readOwner(lab.boss, 'nobody')).toBeUndefined()
  })

  test('says null of what it is not shown', async () => {
    expect(await readOwner(classic(['repo']), 'acme')).toMatchObject({ plan: undefined, policy: { membersCreate: null, membersCreatePrivate: null } })
  })
})

test('memberships tell where repositories may be made; without the scope nothing is told', async () => {
  expect(await readMemberships(classic(['read:org']))).toEqual([{ login: 'acme', role: 'member', mayCreateRepositories: true }])
  expect(await readMemberships(classic(['repo']))).toBeUndefined()
})

describe('readTokenIdentity', () => {
  test('of a classic token has its scopes, and its end if there is one', async () => {
    expect(await readTokenIdentity(classic(['repo', 'workflow']))).toMatchObject({ kind: 'user', login: 'member', scopes: ['repo', 'workflow'], expiresAt: null })
    expect(await readTokenIdentity(classic([], 3_600_000))).toMatchObject({ scopes: [], expiresAt: Date.parse('2026-03-01T01:00:00Z') })
  })

  test('of a fine-grained token has no scopes', async () => {
    const token = lab.local.world.createToken({ kind: 'fine-grained', user: 'boss', repositories: 'all', permissions: {}, lifetimeMs: 86_400_000 })
    expect(await readTokenIdentity(lab.as(token))).toMatchObject({ kind: 'user', login: 'boss', scopes: null, expiresAt: Date.parse('2026-03-02T00:00:00Z') })
  })

  test("of an App's token, and of a job's, is an installation", async () => {
    const { world } = lab.local
    await world.addRepository({ owner: 'acme', name: 'one' })
    world.addApp({ slug: 'maker', owner: 'acme', permissions: { administration: 'write' } })
    const { id } = world.install({ app: 'maker', account: 'acme', repositories: 'all' })
    expect(await readTokenIdentity(lab.as(world.createToken({ kind: 'installation', installation: id })))).toEqual({ kind: 'installation', repositories: 1 })
  })

  test('of a token that is good for nothing is an error', async () => {
    expect(await caught(readTokenIdentity(lab.as('ghp_none')))).toMatchObject({ code: 'GITHUB_UNAUTHORIZED' })
  })
})

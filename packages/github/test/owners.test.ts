import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRepository, putEnvironment, readMemberships, readOwner, readReviewer, readTokenIdentity } from '../src/operations/index.ts'
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
      login: 'acme',
      kind: 'organization',
      plan: 'enterprise',
      policy: { membersCreate: true, membersCreatePublic: true, membersCreatePrivate: false, membersDelete: true },
    })
    expect(await readOwner(lab.boss, 'nobody')).toBeUndefined()
  })

  test('says null of what it is not shown', async () => {
    expect(await readOwner(classic(['repo']), 'acme')).toMatchObject({
      plan: undefined,
      policy: { membersCreate: null, membersCreatePrivate: null },
    })
  })
})

test('memberships tell where repositories may be made; without the scope nothing is told', async () => {
  expect(await readMemberships(classic(['read:org']))).toEqual([{ login: 'acme', role: 'member', mayCreateRepositories: true }])
  expect(await readMemberships(classic(['repo']))).toBeUndefined()
})

describe('readReviewer', () => {
  test('knows people and teams by their names, and both can be asked to review', async () => {
    const { world } = lab.local
    const crew = world.addTeam({ organization: 'acme', name: 'Release Crew', members: ['member'] })
    const reviewers = await Promise.all(['Member', 'acme/release-crew'].map((name) => readReviewer(lab.boss, name)))
    expect(reviewers).toEqual([
      { type: 'User', id: world.account('member').id },
      { type: 'Team', id: crew.id },
    ])
    await createRepository(lab.boss, { owner: { login: 'acme', kind: 'organization' }, name: 'reviewed', visibility: 'private' })
    await putEnvironment(lab.boss, { owner: 'acme', name: 'reviewed' }, { name: 'production', reviewers, preventSelfReview: true })
    expect([...world.state.environments.values()]).toMatchObject([{ name: 'production', reviewers, preventSelfReview: true }])
    await world.removeRepository('acme/reviewed')
  })

  test.each([
    ['a person', 'nobody'],
    ['a team', 'acme/none'],
    ['a team of a person', 'boss/crew'],
  ])('%s that is not there is an error', async (_, name) => {
    expect(await caught(readReviewer(lab.boss, name))).toMatchObject({ code: 'GITHUB_NOT_FOUND' })
  })

  test('a team is not there for a token that may not know the organisation', async () => {
    lab.local.world.addTeam({ organization: 'acme', name: 'hidden' })
    expect(await caught(readReviewer(classic(['repo']), 'acme/hidden'))).toMatchObject({ code: 'GITHUB_NOT_FOUND' })
    expect(await readReviewer(classic(['read:org']), 'acme/hidden')).toMatchObject({ type: 'Team' })
  })
})

describe('readTokenIdentity', () => {
  test('of a classic token has its scopes, and its end if there is one', async () => {
    expect(await readTokenIdentity(classic(['repo', 'workflow']))).toMatchObject({
      kind: 'user',
      login: 'member',
      scopes: ['repo', 'workflow'],
      expiresAt: null,
    })
    expect(await readTokenIdentity(classic([], 3_600_000))).toMatchObject({ scopes: [], expiresAt: Date.parse('2026-03-01T01:00:00Z') })
  })

  test('of a fine-grained token has no scopes', async () => {
    const token = lab.local.world.createToken({
      kind: 'fine-grained',
      user: 'boss',
      repositories: 'all',
      permissions: {},
      lifetimeMs: 86_400_000,
    })
    expect(await readTokenIdentity(lab.as(token))).toMatchObject({
      kind: 'user',
      login: 'boss',
      scopes: null,
      expiresAt: Date.parse('2026-03-02T00:00:00Z'),
    })
  })

  test("of an App's token, and of a job's, is an installation", async () => {
    const { world } = lab.local
    await world.addRepository({ owner: 'acme', name: 'one' })
    world.addApp({ slug: 'maker', owner: 'acme', permissions: { administration: 'write' } })
    const { id } = world.install({ app: 'maker', account: 'acme', repositories: 'all' })
    expect(await readTokenIdentity(lab.as(world.createToken({ kind: 'installation', installation: id })))).toEqual({
      kind: 'installation',
      repositories: 1,
    })
  })

  test('of a token that is good for nothing is an error', async () => {
    expect(await caught(readTokenIdentity(lab.as('ghp_none')))).toMatchObject({ code: 'GITHUB_UNAUTHORIZED' })
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub } from '../src/index.ts'
import { ask } from './rest-lab.ts'

let github: LocalGitHub
const tokens: Record<string, string> = {}

beforeAll(async () => {
  github = await startLocalGitHub({ clock: { start: new Date('2026-03-01T00:00:00Z'), frozen: true }, rateLimits: { enforced: false } })
  const { world } = github
  for (const login of ['boss', 'member']) world.addUser({ login })
  world.addOrganization({ login: 'acme', members: { boss: 'admin', member: 'member' } })
  world.addOrganization({ login: 'other', members: { boss: 'member' }, membersCanCreateRepositories: false })
  await world.addRepository({ owner: 'acme', name: 'app' })
  const hour = 3_600_000
  Object.assign(tokens, {
    classic: world.createToken({ kind: 'classic', user: 'boss', scopes: ['repo', 'read:org'] }),
    brief: world.createToken({ kind: 'classic', user: 'boss', scopes: [], lifetimeMs: hour }),
    fine: world.createToken({
      kind: 'fine-grained',
      user: 'boss',
      repositories: 'all',
      permissions: { issues: 'read' },
      lifetimeMs: 2 * hour,
    }),
    job: world.createToken({ kind: 'job', repository: 'acme/app', permissions: {} }),
  })
})

afterAll(() => github.close())

test.each([
  ['classic', 'repo, read:org', null],
  ['brief', '', '2026-03-01 01:00:00 UTC'],
  ['fine', null, '2026-03-01 02:00:00 UTC'],
])('a %s token is told its scopes, and when it ends', async (who, scopes, ends) => {
  const { status, headers } = await ask(github, 'GET /user', { token: tokens[who] ?? '' })
  expect([status, headers.get('x-oauth-scopes'), headers.get('github-authentication-token-expiration')]).toEqual([200, scopes, ends])
})

test.each([
  ['fine', 'POST /orgs/acme/repos', 'administration=write'],
  ['fine', 'DELETE /repos/acme/app', 'administration=write'],
  ['job', 'GET /orgs/acme/rulesets', 'organization_administration=write'],
  ['job', 'PUT /repos/acme/app/environments/x', 'administration=write'],
])('a %s token that may not %s is told what that takes', async (who, what, needed) => {
  const { status, headers } = await ask(github, what, {
    token: tokens[who] ?? '',
    ...(what.startsWith('GET') ? {} : { body: { name: 'x' } }),
  })
  expect([status, headers.get('x-accepted-github-permissions')]).toEqual([403, needed])
})

test('a classic token that may not delete is told the scope', async () => {
  const { status, headers } = await ask(github, 'DELETE /repos/acme/app', { token: tokens.classic ?? '' })
  expect([status, headers.get('x-accepted-oauth-scopes')]).toEqual([403, 'delete_repo'])
})

test('a person sees where they belong, as what, and whether they may make repositories there', async () => {
  const { items } = await ask(github, 'GET /user/memberships/orgs?state=active', { token: tokens.classic ?? '' })
  expect(items).toMatchObject([
    { role: 'admin', organization: { login: 'acme' }, permissions: { can_create_repository: true } },
    { role: 'member', organization: { login: 'other' }, permissions: { can_create_repository: false } },
  ])
  expect((await ask(github, 'GET /user/orgs', { token: tokens.fine ?? '' })).items.map(({ login }) => login)).toEqual(['acme', 'other'])
  expect((await ask(github, 'GET /user/orgs', { token: tokens.brief ?? '' })).status).toBe(403)
  expect((await ask(github, 'GET /user/orgs', { token: tokens.job ?? '' })).status).toBe(403)
})

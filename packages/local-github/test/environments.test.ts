import { afterAll, beforeAll, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub } from '../src/index.ts'
import { ask, type Reply } from './rest-lab.ts'

let github: LocalGitHub
let token: string
let boss: number

beforeAll(async () => {
  github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const { world } = github
  boss = world.addUser({ login: 'boss' }).id
  world.addOrganization({ login: 'free', members: { boss: 'admin' } })
  world.addOrganization({ login: 'rich', members: { boss: 'admin' }, plan: 'enterprise' })
  for (const owner of ['free', 'rich']) await world.addRepository({ owner, name: 'app' })
  await world.addRepository({ owner: 'free', name: 'open', visibility: 'public' })
  token = world.createToken({ kind: 'classic', user: 'boss', scopes: ['repo'] })
})

afterAll(() => github.close())

const as = (what: string, body?: unknown): Promise<Reply> => ask(github, what, { token, ...(body === undefined ? {} : { body }) })

test.each([
  ['free/app', 422],
  ['free/open', 200],
  ['rich/app', 200],
])('reviewers and wait timers in %s answer %i: they are a matter of the plan', async (repository, status) => {
  const reviewers = [{ type: 'User', id: boss }]
  expect((await as(`PUT /repos/${repository}/environments/production`, { reviewers })).status).toBe(status)
  expect((await as(`PUT /repos/${repository}/environments/timed`, { wait_timer: 5 })).status).toBe(status)
  expect((await as(`PUT /repos/${repository}/environments/plain`)).status).toBe(200)
  // What is refused leaves nothing behind.
  expect((await as(`GET /repos/${repository}/environments`)).body).toMatchObject({ total_count: status === 200 ? 3 : 1 })
})

test('an environment shows its rules, and putting it again replaces them', async () => {
  const path = '/repos/rich/app/environments/eu%2Fproduction'
  await as(`PUT ${path}`, { wait_timer: 5, reviewers: [{ type: 'User', id: boss }], prevent_self_review: true })
  expect((await as(`GET ${path}`)).body).toMatchObject({
    name: 'eu/production',
    deployment_branch_policy: null,
    protection_rules: [
      { type: 'wait_timer', wait_timer: 5 },
      { type: 'required_reviewers', prevent_self_review: true, reviewers: [{ type: 'User', reviewer: { login: 'boss' } }] },
    ],
  })
  await as(`PUT ${path}`, { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } })
  expect((await as(`GET ${path}`)).body).toMatchObject({
    protection_rules: [{ type: 'branch_policy' }],
    deployment_branch_policy: { protected_branches: true },
  })
  expect((await as(`DELETE ${path}`)).status).toBe(204)
  expect((await as(`GET ${path}`)).status).toBe(404)
})

test('a team of the organisation reviews; one of another, and one that is not, does not', async () => {
  const { world } = github
  const own = world.addTeam({ organization: 'rich', name: 'Release Crew' })
  const foreign = world.addTeam({ organization: 'free', name: 'crew' })
  const put = (id: number) => as('PUT /repos/rich/app/environments/by-team', { reviewers: [{ type: 'Team', id }] })
  expect((await put(own.id)).body).toMatchObject({
    protection_rules: [{ reviewers: [{ type: 'Team', reviewer: { slug: 'release-crew', id: own.id } }] }],
  })
  expect([(await put(foreign.id)).status, (await put(boss)).status]).toEqual([422, 422])
})

test('name patterns are taken where they are asked for: once each, elsewhere 404', async () => {
  const path = '/repos/free/app/environments/patterns'
  const add = async (name: string): Promise<number> => (await as(`POST ${path}/deployment-branch-policies`, { name })).status
  await as(`PUT ${path}`)
  expect(await add('main')).toBe(404)
  expect((await as(`PUT ${path}`, { deployment_branch_policy: { protected_branches: true, custom_branch_policies: true } })).status).toBe(
    422,
  )
  await as(`PUT ${path}`, { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } })
  expect([await add('main'), await add('release/*'), await add('main')]).toEqual([200, 200, 303])
  expect((await as(`GET ${path}/deployment-branch-policies`)).body).toMatchObject({
    total_count: 2,
    branch_policies: [{ name: 'main' }, { name: 'release/*' }],
  })
})

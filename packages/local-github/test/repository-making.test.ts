import { afterAll, beforeAll, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub } from '../src/index.ts'
import { ask } from './rest-lab.ts'

let github: LocalGitHub
const tokens: Record<string, string> = {}

beforeAll(async () => {
  github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const { world } = github
  for (const login of ['boss', 'member', 'outsider']) world.addUser({ login })
  world.addOrganization({ login: 'acme', members: { boss: 'admin', member: 'member' } })
  world.addOrganization({ login: 'strict', members: { boss: 'admin', member: 'member' }, membersCanCreateRepositories: false })
  const repo = ['repo']
  for (const user of ['boss', 'member', 'outsider']) tokens[user] = world.createToken({ kind: 'classic', user, scopes: repo })
  tokens.public = world.createToken({ kind: 'classic', user: 'boss', scopes: ['public_repo'] })
  tokens.scopeless = world.createToken({ kind: 'classic', user: 'boss', scopes: [] })
  await world.addRepository({ owner: 'acme', name: 'taken' })
  tokens.job = world.createToken({ kind: 'job', repository: 'acme/taken', permissions: { contents: 'write' } })
})

afterAll(() => github.close())

const made = { status: 201 }

test.each([
  ['an owner', 'boss', 'strict', {}, made],
  ['a member, where members may', 'member', 'acme', {}, made],
  [
    'a member, where they may not',
    'member',
    'strict',
    {},
    { status: 403, message: 'You need admin access to the organization before adding a repository to it.' },
  ],
  ['an outsider', 'outsider', 'acme', {}, { status: 403 }],
  ["a job's token", 'job', 'acme', {}, { status: 403, message: 'Resource not accessible by integration' }],
  ['a public scope, in public', 'public', 'acme', { private: false }, made],
  [
    'a public scope, in private',
    'public',
    'acme',
    { private: true },
    { status: 403, message: "You'll need a different OAuth scope to create a private repository" },
  ],
  ['no scope', 'scopeless', 'acme', {}, { status: 404 }],
  ['a name that is taken, in other letters', 'boss', 'acme', { name: 'TAKEN' }, { status: 422, message: 'Repository creation failed.' }],
  ['a name of other letters', 'boss', 'acme', { name: 'größe' }, { status: 422, message: 'Validation Failed' }],
])('a repository made by %s', async (label, who, org, more, { status, message }: { status: number; message?: string }) => {
  const name = label.replaceAll(/\W+/g, '-')
  const answer = await ask(github, `POST /orgs/${org}/repos`, { token: tokens[who] ?? '', body: { name, private: true, ...more } })
  expect([answer.status, answer.body.message]).toEqual([status, message ?? (status === 201 ? undefined : answer.body.message)])
  if (status === 201) expect(answer.body).toMatchObject({ full_name: `${org}/${name}`, permissions: { admin: true } })
})

test('a repository with a first commit has its branch at once; one without answers 409', async () => {
  const token = tokens.boss ?? ''
  for (const auto_init of [true, false]) {
    await ask(github, 'POST /user/repos', { token, body: { name: `init-${auto_init}`, private: true, auto_init } })
  }
  expect((await ask(github, 'GET /repos/boss/init-true/git/ref/heads/main', { token })).status).toBe(200)
  expect((await ask(github, 'GET /repos/boss/init-false/git/ref/heads/main', { token })).status).toBe(409)
})

test("an organisation's list shows each what they may see, in pages", async () => {
  const names = async (who?: string, query = ''): Promise<readonly unknown[]> => {
    const token = who === undefined ? undefined : tokens[who]
    return (await ask(github, `GET /orgs/acme/repos${query}`, token === undefined ? {} : { token })).items.map(({ name }) => name)
  }
  expect(await names()).toEqual(['a-public-scope-in-public'])
  expect(await names('boss')).toEqual(['a-member-where-members-may', 'a-public-scope-in-public', 'taken'])
  expect(await names('boss', '?per_page=1&page=3')).toEqual(['taken'])
  const { headers } = await ask(github, 'GET /orgs/acme/repos?per_page=1&page=2', { token: tokens.boss ?? '' })
  expect(headers.get('link')?.match(/rel="\w+"/g)).toEqual(['rel="prev"', 'rel="next"', 'rel="last"', 'rel="first"'])
})

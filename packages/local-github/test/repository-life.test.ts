import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub, type Permissions } from '../src/index.ts'
import { ask, type Reply } from './rest-lab.ts'

let github: LocalGitHub
const tokens: Record<string, string> = {}

beforeAll(async () => {
  github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const { world } = github
  for (const login of ['boss', 'member', 'outsider']) world.addUser({ login })
  world.addOrganization({ login: 'acme', members: { boss: 'admin', member: 'member' } })
  const classic = (user: string, ...scopes: readonly string[]): string => world.createToken({ kind: 'classic', user, scopes })
  const fine = (permissions: Permissions): string =>
    world.createToken({ kind: 'fine-grained', user: 'boss', repositories: 'all', permissions })
  Object.assign(tokens, {
    boss: classic('boss', 'repo', 'admin:org', 'delete_repo'),
    plain: classic('boss', 'repo'),
    member: classic('member', 'repo', 'delete_repo', 'admin:org'),
    outsider: classic('outsider', 'repo', 'delete_repo'),
    fine: fine({ administration: 'write', organization_administration: 'read', contents: 'read' }),
    weak: fine({ contents: 'write' }),
  })
})

afterAll(() => github.close())

const as = (who: string, what: string, body?: unknown): Promise<Reply> =>
  ask(github, what, { token: tokens[who] ?? '', ...(body === undefined ? {} : { body }) })
const make = async (name: string, body: object = {}): Promise<Reply['body']> =>
  (await as('boss', 'POST /orgs/acme/repos', { name, private: true, ...body })).body

describe('a repository that is made', () => {
  test('keeps what it was given', async () => {
    const given = {
      description: 'run 7',
      homepage: 'https://x.example',
      has_issues: true,
      has_wiki: false,
      has_projects: false,
      allow_squash_merge: false,
      delete_branch_on_merge: true,
    }
    expect(await make('given', given)).toMatchObject({ ...given, private: true, visibility: 'private' })
    expect((await as('boss', 'GET /repos/acme/given')).body).toMatchObject(given)
  })

  test('is not made where the organisation forbids its kind to members, whatever it allows else', async () => {
    github.world.setOrganizationPolicy('acme', { membersCanCreatePublicRepositories: false })
    const made = async (who: string, name: string, isPrivate: boolean): Promise<number> =>
      (await as(who, 'POST /orgs/acme/repos', { name, private: isPrivate })).status
    expect([await made('member', 'p1', false), await made('member', 'p2', true), await made('boss', 'p3', false)]).toEqual([403, 201, 201])
    github.world.setOrganizationPolicy('acme', { membersCanCreatePublicRepositories: true, membersCanCreatePrivateRepositories: false })
    expect([await made('member', 'p4', false), await made('member', 'p5', true)]).toEqual([201, 403])
    github.world.setOrganizationPolicy('acme', { membersCanCreatePrivateRepositories: true })
  })

  test('by an App is given to it, even where it has only chosen ones', async () => {
    const { world } = github
    world.addApp({ slug: 'maker', owner: 'acme', permissions: { administration: 'write', contents: 'write' } })
    const installation = world.install({ app: 'maker', account: 'acme', repositories: [] })
    const token = world.createToken({ kind: 'installation', installation: installation.id })
    expect((await ask(github, 'POST /orgs/acme/repos', { token, body: { name: 'of-app', private: true } })).status).toBe(201)
    expect((await ask(github, 'GET /repos/acme/of-app', { token })).status).toBe(200)
    expect((await ask(github, 'POST /user/repos', { token, body: { name: 'no' } })).status).toBe(403)
  })
})

test("an organisation's policy is shown to those who run it, and to nobody else", async () => {
  const seen = async (who: string): Promise<unknown> => (await as(who, 'GET /orgs/acme')).body.members_can_create_repositories
  expect([await seen('boss'), await seen('fine'), await seen('plain'), await seen('member'), await seen('weak')]).toEqual([
    true,
    true,
    undefined,
    undefined,
    undefined,
  ])
})

describe('a repository that is changed', () => {
  test('takes each field and leaves the rest', async () => {
    await make('changed', { description: 'before', auto_init: true })
    const fields = { name: 'renamed', homepage: 'https://y.example', visibility: 'public', has_issues: false, allow_merge_commit: false }
    expect((await as('boss', 'PATCH /repos/acme/changed', fields)).body).toMatchObject({
      ...fields,
      description: 'before',
      private: false,
      allow_rebase_merge: true,
    })
    expect((await as('boss', 'GET /repos/acme/changed')).status).toBe(404)
    expect((await as('boss', 'PATCH /repos/acme/renamed', { name: 'given' })).status).toBe(422)
  })

  test('when its issues are switched off tells none of them, and a pull request keeps its comments', async () => {
    await make('mute', { auto_init: true })
    await github.world.commit({ repository: 'acme/mute', branch: 'next', files: { x: 'x' } })
    await as('boss', 'POST /repos/acme/mute/issues', { title: 'Issue' })
    await as('boss', 'POST /repos/acme/mute/pulls', { title: 'Pull', head: 'next', base: 'main' })
    await as('boss', 'PATCH /repos/acme/mute', { has_issues: false })
    const statusOf = async (of: string): Promise<number> => (await as('boss', `GET /repos/acme/mute/issues/${of}`)).status
    expect([await statusOf('1'), await statusOf('1/comments'), await statusOf('2'), await statusOf('2/comments')]).toEqual([
      410, 410, 200, 200,
    ])
  })

  test('has a default branch that exists', async () => {
    await make('branched', { auto_init: true })
    await make('hollow')
    await github.world.commit({ repository: 'acme/branched', branch: 'next', files: { x: 'x' } })
    const change = (name: string, default_branch: string): Promise<Reply> => as('boss', `PATCH /repos/acme/${name}`, { default_branch })
    expect((await change('branched', 'next')).body).toMatchObject({ default_branch: 'next' })
    for (const [name, branch] of [
      ['branched', 'none'],
      ['hollow', 'main'],
    ] as const) {
      expect(await change(name, branch)).toMatchObject({ status: 422, body: { errors: [{ field: 'default_branch', code: 'invalid' }] } })
    }
  })

  test('when archived takes nothing but its way back', async () => {
    await make('old')
    expect((await as('boss', 'PATCH /repos/acme/old', { archived: true })).body).toMatchObject({ archived: true })
    expect((await as('boss', 'PATCH /repos/acme/old', { description: 'x' })).status).toBe(403)
    expect((await as('boss', 'PATCH /repos/acme/old', { archived: false })).body).toMatchObject({ archived: false })
  })
})

describe('a repository that is deleted', () => {
  test('is gone everywhere, and its name is free for one of another id', async () => {
    const { id } = await make('gone', { auto_init: true })
    await as('boss', 'POST /repos/acme/gone/issues', { title: 'One' })
    expect((await as('boss', 'DELETE /repos/acme/gone')).status).toBe(204)
    for (const path of ['', '/issues/1', '/git/ref/heads/main', '/contents/README.md']) {
      expect((await as('boss', `GET /repos/acme/gone${path}`)).status).toBe(404)
    }
    const git = await fetch(`${github.serverUrl}/acme/gone.git/info/refs?service=git-upload-pack`, {
      headers: { authorization: `Basic ${btoa(`x:${tokens.boss}`)}` },
    })
    expect(git.status).toBe(404)
    const { issues, labels } = github.world.state
    expect([...issues.values(), ...labels.values()].filter(({ repositoryId }) => repositoryId === id)).toEqual([])
    const again = await make('gone')
    expect(again.id).not.toBe(id)
    expect((await as('boss', 'GET /repos/acme/gone/issues')).items).toEqual([])
    expect((await as('boss', 'GET /repos/acme/gone/git/ref/heads/main')).status).toBe(409)
  })

  test.each([
    ['without the scope', 'plain', 403],
    ['without the role', 'member', 403],
    ['unseen', 'outsider', 404],
    ['without the permission', 'weak', 403],
    ['with the permission', 'fine', 204],
  ])('%s answers as it should', async (label, who, status) => {
    const name = `del-${label.replaceAll(' ', '-')}`
    await make(name)
    expect((await as(who, `DELETE /repos/acme/${name}`)).status).toBe(status)
    expect((await as('boss', `GET /repos/acme/${name}`)).status).toBe(status === 204 ? 404 : 200)
  })

  test('is not by a member whom the organisation forbids it', async () => {
    const made = await as('member', 'POST /orgs/acme/repos', { name: 'kept', private: true })
    expect(made.status).toBe(201)
    github.world.setOrganizationPolicy('acme', { membersCanDeleteRepositories: false })
    expect((await as('member', 'DELETE /repos/acme/kept')).status).toBe(403)
    github.world.setOrganizationPolicy('acme', { membersCanDeleteRepositories: true })
    expect((await as('member', 'DELETE /repos/acme/kept')).status).toBe(204)
  })
})

describe('a fresh repository', () => {
  const tries = async (paths: readonly string[]): Promise<readonly number[]> => {
    const found: number[] = []
    for (const path of paths) found.push((await as('boss', `GET ${path}`)).status)
    return found
  }

  test('can be missing for some answers, over git too', async () => {
    github.behaviour.freshRepositories = { as: 'missing', answers: 3 }
    await make('slow', { auto_init: true })
    github.behaviour.freshRepositories = undefined
    expect(await tries(['/repos/acme/slow', '/repos/acme/slow/git/ref/heads/main'])).toEqual([404, 404])
    const git = (): Promise<Response> =>
      fetch(`${github.serverUrl}/acme/slow.git/info/refs?service=git-upload-pack`, {
        headers: { authorization: `Basic ${btoa(`x:${tokens.boss}`)}` },
      })
    expect([(await git()).status, (await git()).status]).toEqual([404, 200])
    expect(await tries(['/repos/acme/slow/git/ref/heads/main'])).toEqual([200])
  })

  test('can be empty for some answers where its git is asked for, and only there', async () => {
    github.behaviour.freshRepositories = { as: 'empty', answers: 2 }
    await make('hollow-first', { auto_init: true })
    github.behaviour.freshRepositories = undefined
    const ref = '/repos/acme/hollow-first/git/ref/heads/main'
    expect(await tries([ref, '/repos/acme/hollow-first', ref, ref])).toEqual([409, 200, 409, 200])
  })
})

test('topics are kept in lower case, each once, and refused beyond their limits', async () => {
  await make('topical')
  const put = (names: readonly string[]): Promise<Reply> => as('boss', 'PUT /repos/acme/topical/topics', { names })
  expect((await put(['Actions', 'actions', 'ci-cd'])).body).toEqual({ names: ['actions', 'ci-cd'] })
  expect((await as('boss', 'GET /repos/acme/topical/topics')).body).toEqual({ names: ['actions', 'ci-cd'] })
  for (const names of [['a b'], ['-a'], ['a'.repeat(51)], Array.from({ length: 21 }, (_, at) => `t${at}`)]) {
    expect((await put(names)).status).toBe(422)
  }
  expect((await as('boss', 'GET /repos/acme/topical')).body.topics).toEqual(['actions', 'ci-cd'])
})

test('a label that is there already is told by its code', async () => {
  await make('labelled')
  expect(await as('boss', 'POST /repos/acme/labelled/labels', { name: 'BUG', color: 'ffffff' })).toMatchObject({
    status: 422,
    body: { errors: [{ resource: 'Label', code: 'already_exists', field: 'name' }] },
  })
})

test('two branches are compared from where they parted', async () => {
  await make('compared', { auto_init: true })
  const { world } = github
  const store = world.git('acme/compared')
  await store.createRef('refs/heads/feature/x', (await store.readRef('refs/heads/main')) ?? '')
  await world.commit({ repository: 'acme/compared', branch: 'main', files: { later: 'x' } })
  await world.commit({ repository: 'acme/compared', branch: 'feature/x', files: { added: 'one\ntwo\n' } })
  await world.commit({ repository: 'acme/compared', branch: 'feature/x', files: { 'README.md': null } })
  const compare = async (pair: string): Promise<Reply['body']> => (await as('boss', `GET /repos/acme/compared/compare/${pair}`)).body
  expect(await compare('main...feature/x')).toMatchObject({
    status: 'diverged',
    behind_by: 1,
    ahead_by: 2,
    total_commits: 2,
    files: [
      { filename: 'README.md', status: 'removed', deletions: 1 },
      { filename: 'added', status: 'added', additions: 2 },
    ],
  })
  expect(await compare('feature/x...main')).toMatchObject({ status: 'diverged', behind_by: 2, ahead_by: 1, files: [{ filename: 'later' }] })
  expect(await compare('main...main')).toMatchObject({ status: 'identical', ahead_by: 0, behind_by: 0, commits: [], files: [] })
})

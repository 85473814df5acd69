import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub, type Permissions } from '../src/index.ts'
import { pushFiles } from './git-lab.ts'
import { ask, type Reply } from './rest-lab.ts'

let github: LocalGitHub
const tokens: Record<string, string> = {}

beforeAll(async () => {
  github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const { world } = github
  for (const login of ['boss', 'member']) world.addUser({ login })
  world.addOrganization({ login: 'acme', members: { boss: 'admin', member: 'member' }, plan: 'team' })
  world.addOrganizationRuleset('acme', {
    name: 'signed',
    include: ['~DEFAULT_BRANCH'],
    rules: ['required_signatures', 'non_fast_forward'],
    repositories: ['signed-*'],
  })
  for (const name of ['signed-one', 'free']) await world.addRepository({ owner: 'acme', name })
  world.addApp({ slug: 'maker', owner: 'acme', permissions: { contents: 'write' } })
  const { id: installation } = world.install({ app: 'maker', account: 'acme', repositories: 'all' })
  world.addApp({ slug: 'ruler', owner: 'acme', permissions: { organization_administration: 'write' } })
  const ruler = world.install({ app: 'ruler', account: 'acme', repositories: 'all' })
  const classic = (user: string, ...scopes: readonly string[]): string => world.createToken({ kind: 'classic', user, scopes })
  const fine = (permissions: Permissions): string =>
    world.createToken({ kind: 'fine-grained', user: 'boss', repositories: 'all', permissions })
  Object.assign(tokens, {
    boss: classic('boss', 'repo', 'admin:org', 'workflow'),
    plain: classic('boss', 'repo'),
    member: classic('member', 'repo', 'admin:org'),
    app: world.createToken({ kind: 'installation', installation }),
    ruler: world.createToken({ kind: 'installation', installation: ruler.id }),
    workflows: fine({ contents: 'write', workflows: 'write' }),
    fine: fine({ contents: 'write' }),
    job: world.createToken({ kind: 'job', repository: 'acme/free', permissions: { contents: 'write', actions: 'write' } }),
  })
})

afterAll(() => github.close())

const as = (who: string, what: string, body?: unknown): Promise<Reply> =>
  ask(github, what, { token: tokens[who] ?? '', ...(body === undefined ? {} : { body }) })

describe("an organisation's ruleset", () => {
  test('is shown to those who run the organisation; to others it is 404 or 403', async () => {
    const status = async (who: string): Promise<number> => (await as(who, 'GET /orgs/acme/rulesets')).status
    expect([
      await status('boss'),
      await status('ruler'),
      await status('plain'),
      await status('member'),
      await status('app'),
      await status('job'),
    ]).toEqual([200, 200, 404, 404, 403, 403])
    const { items } = await as('boss', 'GET /orgs/acme/rulesets')
    expect((await as('boss', `GET /orgs/acme/rulesets/${String(items[0]?.id)}`)).body).toMatchObject({
      name: 'signed',
      enforcement: 'active',
      rules: [{ type: 'required_signatures' }, { type: 'non_fast_forward' }],
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'] }, repository_name: { include: ['signed-*'] } },
    })
  })

  test('is seen as rules of the branches it covers, by whoever reads them', async () => {
    const rules = async (name: string, branch: string): Promise<readonly unknown[]> =>
      (await as('plain', `GET /repos/acme/${name}/rules/branches/${branch}`)).items.map(
        ({ type, ruleset_source_type: from, ruleset_source: source }) => [type, from, source],
      )
    expect(await rules('signed-one', 'main')).toEqual([
      ['required_signatures', 'Organization', 'acme'],
      ['non_fast_forward', 'Organization', 'acme'],
    ])
    expect([await rules('signed-one', 'other'), await rules('free', 'main')]).toEqual([[], []])
  })
})

describe('required signatures', () => {
  const files = { 'README.md': 'x' }

  test('refuse an unsigned push to an empty repository, and only there', async () => {
    const refused = await pushFiles(github, { token: tokens.boss ?? '', repository: 'acme/signed-one', files })
    expect(refused.code).toBe(1)
    expect(refused.out).toContain('GH013: Repository rule violations found for refs/heads/main.')
    expect(refused.out).toContain('Commits must have verified signatures.')
    expect(refused.out).toContain('(push declined due to repository rule violations)')
    expect((await pushFiles(github, { token: tokens.boss ?? '', repository: 'acme/signed-one', files, to: 'side' })).code).toBe(0)
    expect((await pushFiles(github, { token: tokens.boss ?? '', repository: 'acme/free', files })).code).toBe(0)
  })

  test.each([
    ['an App, naming nobody', 'app', {}, 201],
    ['an App, naming an author', 'app', { author: { name: 'A', email: 'a@example.com' } }, 422],
    ['a person, whose commits GitHub does not sign there', 'boss', {}, 422],
  ])('take a commit of %s: %s', async (label, who, more, status) => {
    const name = `signed-${label.length}`
    const path = `/repos/acme/${name}/git`
    await github.world.addRepository({ owner: 'acme', name })
    await github.world.commit({ repository: `acme/${name}`, branch: 'seed', files })
    const { body: tree } = await as(who, `POST ${path}/trees`, { tree: [{ path: 'a', mode: '100644', type: 'blob', content: 'a' }] })
    const { body: commit } = await as(who, `POST ${path}/commits`, { message: 'Begin', tree: tree.sha, parents: [], ...more })
    expect((await as(who, `POST ${path}/refs`, { ref: 'refs/heads/main', sha: commit.sha })).status).toBe(status)
    expect(commit).toMatchObject({ verification: { verified: status === 201 } })
  })

  test.each([
    ['app', 201],
    ['boss', 409],
  ])('take a first file through the contents API of an App, and of nobody else: %s %i', async (who, status) => {
    await github.world.addRepository({ owner: 'acme', name: `signed-first-${who}` })
    expect((await as(who, `PUT /repos/acme/signed-first-${who}/contents/a`, { message: 'm', content: 'YQ==' })).status).toBe(status)
  })

  test('take what createCommitOnBranch makes, whoever asks', async () => {
    const { body: made } = await as('boss', 'POST /orgs/acme/repos', { name: 'signed-graph', private: true, auto_init: true })
    const head = await github.world.git('acme/signed-graph').readRef('refs/heads/main')
    const query = `mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid signature { isValid } } } }`
    const input = {
      branch: { repositoryNameWithOwner: made.full_name, branchName: 'main' },
      expectedHeadOid: head,
      message: { headline: 'm' },
      fileChanges: { additions: [{ path: 'a', contents: 'YQ==' }] },
    }
    const answer = await fetch(github.graphqlUrl, {
      method: 'POST',
      headers: { authorization: `bearer ${tokens.boss}` },
      body: JSON.stringify({ query, variables: { input } }),
    })
    expect(await answer.json()).toMatchObject({ data: { createCommitOnBranch: { commit: { signature: { isValid: true } } } } })
  })
})

describe('workflow files by the API', () => {
  const entry = { path: '.github/workflows/api.yml', mode: '100644', type: 'blob', content: 'on: push\n' }

  test.each([
    ['job', 403],
    ['app', 403],
    ['fine', 403],
    ['plain', 404],
    ['boss', 201],
    ['workflows', 201],
  ])('as a tree, by %s: %i', async (who, status) => {
    await github.world.commit({ repository: 'acme/free', branch: 'base', files: { base: who } })
    expect((await as(who, 'POST /repos/acme/free/git/trees', { tree: [entry] })).status).toBe(status)
  })

  test('as a file, are 404 for a classic token and 403 for others', async () => {
    const put = async (who: string): Promise<number> =>
      (await as(who, 'PUT /repos/acme/free/contents/.github/workflows/put.yml', { message: 'm', content: 'eA==', branch: 'base' })).status
    expect([await put('plain'), await put('app'), await put('fine'), await put('boss')]).toEqual([404, 403, 403, 201])
  })

  test('that a branch has already are taken from anybody', async () => {
    await github.world.commit({ repository: 'acme/free', branch: 'base', files: { [entry.path]: entry.content } })
    expect((await as('job', 'POST /repos/acme/free/git/trees', { tree: [entry] })).status).toBe(201)
  })
})

describe('workflow files of a push', () => {
  const files = { '.github/workflows/ci.yml': 'on: push\n' }

  test.each([
    [
      "a job's token",
      'job',
      'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission',
    ],
    ['an App without the permission', 'app', 'refusing to allow a GitHub App to create or update workflow'],
    [
      'a classic token without the scope',
      'plain',
      'refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope',
    ],
    ['a fine-grained token without the permission', 'fine', 'refusing to allow a Personal Access Token to create or update workflow'],
    ['a classic token with the scope', 'boss', undefined],
    ['a fine-grained token with the permission', 'workflows', undefined],
  ])('by %s', async (label, who, refusal) => {
    const to = label.replaceAll(/\W+/g, '-')
    const pushed = await pushFiles(github, {
      token: tokens[who] ?? '',
      repository: 'acme/free',
      files: { ...files, [to]: to, '.github/workflows/ci.yml': `# ${to}\n` },
      to,
    })
    expect(pushed.code).toBe(refusal === undefined ? 0 : 1)
    expect(pushed.out).toContain(refusal ?? '')
    expect((await github.world.git('acme/free').readRef(`refs/heads/${to}`)) === undefined).toBe(refusal !== undefined)
  })
})

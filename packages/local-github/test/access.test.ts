import { createSign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub, type Permissions } from '../src/index.ts'
import { ask, type Reply } from './rest-lab.ts'

let github: LocalGitHub
let privateKey: string
let appId: number
let installationId: number
const tokens: Record<string, string> = {}

beforeAll(async () => {
  github = await startLocalGitHub({ clock: { start: new Date('2026-03-01T00:00:00Z'), frozen: true }, rateLimits: { enforced: false } })
  const { world } = github
  for (const login of ['owner', 'reader', 'stranger']) world.addUser({ login })
  world.addOrganization({ login: 'acme', members: { owner: 'admin' } })
  for (const [name, visibility] of [
    ['hidden', 'private'],
    ['open', 'public'],
    ['other', 'private'],
  ] as const) {
    await world.addRepository({ owner: 'acme', name, visibility })
    await world.commit({ repository: `acme/${name}`, files: { 'README.md': name } })
    world.addCollaborator(`acme/${name}`, 'reader', 'read')
  }
  const made = world.addApp({ slug: 'mover', owner: 'acme', permissions: { contents: 'write', issues: 'write', checks: 'write' } })
  privateKey = made.privateKey ?? ''
  appId = made.app.id
  installationId = world.install({ app: 'mover', account: 'acme', repositories: ['acme/hidden'] }).id
  const job = (permissions: Permissions): string => world.createToken({ kind: 'job', repository: 'acme/hidden', permissions })
  const classic = (user: string, scopes: readonly string[]): string => world.createToken({ kind: 'classic', user, scopes })
  Object.assign(tokens, {
    owner: classic('owner', ['repo']),
    reader: classic('reader', ['repo']),
    stranger: classic('stranger', ['repo']),
    scopeless: classic('owner', []),
    job: job({ contents: 'write', issues: 'write', checks: 'write' }),
    idle: job({}),
    fine: world.createToken({ kind: 'fine-grained', user: 'owner', repositories: ['acme/hidden'], permissions: { issues: 'read' } }),
    brief: world.createToken({ kind: 'classic', user: 'owner', scopes: ['repo'], lifetimeMs: 60_000 }),
  })
})

afterAll(() => github.close())

const as = (who: string | undefined, what: string, body?: unknown): Promise<Reply> => {
  const token = who === undefined ? undefined : (tokens[who] ?? who)
  return ask(github, what, { ...(token === undefined ? {} : { token }), ...(body === undefined ? {} : { body }) })
}

const issue = { title: 'A title' }
const run = { name: 'check', head_sha: '0'.repeat(40) }

describe('who may what', () => {
  test.each([
    ['nobody', undefined, 'GET /repos/acme/hidden', undefined, 404],
    ['nobody, in public', undefined, 'GET /repos/acme/open', undefined, 200],
    ['nobody, writing in public', undefined, 'POST /repos/acme/open/issues', issue, 401],
    ['a stranger', 'stranger', 'GET /repos/acme/hidden', undefined, 404],
    ['a person without the scope', 'scopeless', 'GET /repos/acme/hidden', undefined, 404],
    ['a reader, reading', 'reader', 'GET /repos/acme/hidden/contents/README.md', undefined, 200],
    ['a reader, opening an issue', 'reader', 'POST /repos/acme/hidden/issues', issue, 201],
    ['a reader, writing', 'reader', 'PUT /repos/acme/hidden/contents/x', { message: 'm', content: '' }, 403],
    ['a person, checking', 'owner', 'POST /repos/acme/hidden/check-runs', run, 403],
    ["a job's token, elsewhere", 'job', 'GET /repos/acme/other', undefined, 404],
    ["a job's token, elsewhere in public", 'job', 'GET /repos/acme/open/contents/README.md', undefined, 200],
    ["a job's token, writing elsewhere in public", 'job', 'POST /repos/acme/open/issues', issue, 403],
    ["a job's token without permission", 'idle', 'GET /repos/acme/hidden/contents/README.md', undefined, 403],
    ["a job's token, who it is", 'job', 'GET /user', undefined, 403],
    ['a fine-grained token, within', 'fine', 'GET /repos/acme/hidden/issues', undefined, 200],
    ['a fine-grained token, beyond', 'fine', 'POST /repos/acme/hidden/issues', issue, 403],
    ['a fine-grained token, not selected', 'fine', 'GET /repos/acme/other', undefined, 404],
  ])('%s', async (_, who, what, body, status) => {
    expect((await as(who, what, body)).status).toBe(status)
  })

  test('a refusal says why, in the words for that token, and what was needed', async () => {
    const integration = await as('idle', 'GET /repos/acme/hidden/contents/README.md')
    expect(integration.body).toMatchObject({ message: 'Resource not accessible by integration', status: '403' })
    expect(integration.headers.get('x-accepted-github-permissions')).toBe('contents=read')
    expect((await as('fine', 'POST /repos/acme/hidden/issues', issue)).body.message).toBe(
      'Resource not accessible by personal access token',
    )
    expect((await as('reader', 'GET /repos/acme/hidden')).headers.get('x-oauth-scopes')).toBe('repo')
  })

  test('labels of one who may not sort issues are dropped without a word', async () => {
    const dropped = await as('reader', 'POST /repos/acme/hidden/issues', { ...issue, labels: ['bug'] })
    expect([dropped.status, dropped.body.labels]).toEqual([201, []])
    const kept = await as('job', 'POST /repos/acme/hidden/issues', { ...issue, labels: ['bug'] })
    expect(kept.body.labels).toMatchObject([{ name: 'bug' }])
  })
})

describe('a token ends', () => {
  test('by being unknown', async () => {
    expect((await as('ghp_nobody', 'GET /user')).body).toMatchObject({ message: 'Bad credentials', status: '401' })
  })

  test('by its time', async () => {
    expect((await as('brief', 'GET /user')).status).toBe(200)
    github.clock.advance(60_000)
    expect((await as('brief', 'GET /user')).status).toBe(401)
  })
})

describe('an App', () => {
  const jwt = (claims: Readonly<Record<string, unknown>>, alg = 'RS256'): string => {
    const now = github.clock.now() / 1000
    const parts = [
      { alg, typ: 'JWT' },
      { iat: now - 10, exp: now + 300, iss: appId, ...claims },
    ]
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${text}.${createSign('sha256').update(text).sign(privateKey, 'base64url')}`
  }
  const ACCESS = (id: number): string => `POST /app/installations/${id}/access_tokens`

  test('is known by its signature, its id or client id, and its times', async () => {
    const now = github.clock.now() / 1000
    expect((await as(jwt({}), 'GET /app')).body.slug).toBe('mover')
    const clientId = [...github.world.state.apps.values()].find(({ id }) => id === appId)?.clientId
    expect((await as(jwt({ iss: clientId }), 'GET /app')).status).toBe(200)
    const wrong = [
      jwt({ iss: 1 }),
      jwt({ exp: now - 1 }),
      jwt({ exp: now + 3600 }),
      jwt({ iat: now + 600 }),
      jwt({}, 'none'),
      `${jwt({})}x`,
    ]
    for (const token of wrong) expect((await as(token, 'GET /app')).status).toBe(401)
  })

  test('gets a token for what it is installed on, no more', async () => {
    const { status, body } = await as(jwt({}), ACCESS(installationId))
    expect([status, body.expires_at]).toEqual([201, '2026-03-01T01:01:00Z'])
    const token = String(body.token)
    expect((await as(token, 'GET /repos/acme/hidden/contents/README.md')).status).toBe(200)
    expect((await as(token, 'GET /repos/acme/other')).status).toBe(404)
    expect((await as(token, 'GET /installation/repositories')).body.total_count).toBe(1)
    expect((await as(token, 'DELETE /installation/token')).status).toBe(204)
    expect((await as(token, 'GET /repos/acme/hidden')).status).toBe(401)
  })

  test('narrows a token by permission, and is refused one it does not have', async () => {
    const narrow = await as(jwt({}), ACCESS(installationId), { permissions: { contents: 'read' } })
    const token = String(narrow.body.token)
    expect((await as(token, 'POST /repos/acme/hidden/issues', issue)).status).toBe(403)
    expect((await as(jwt({}), ACCESS(installationId), { permissions: { administration: 'write' } })).status).toBe(422)
    expect((await as(jwt({}), ACCESS(installationId), { repositories: ['other'] })).status).toBe(422)
  })

  test('loses what its installation loses', async () => {
    const { body } = await as(jwt({}), ACCESS(installationId), { repositories: ['hidden'] })
    const installation = github.world.state.installations.get(installationId)
    if (installation !== undefined) installation.repositories = []
    expect((await as(String(body.token), 'GET /repos/acme/hidden')).status).toBe(404)
  })
})

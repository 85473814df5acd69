import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { caught, recordPorts } from '../test/lab.ts'
import { type Script, startScripted } from '../test/scripted-server.ts'
import { createConnection, createInstallationTokens, type TokenScope } from './index.ts'

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const INSTALLATION = { id: 42, permissions: { contents: 'read', actions: 'write', metadata: 'read' }, suspended_at: null }
const READ = { permissions: { contents: 'read' } } as const
const WRITE = { repositories: ['web'], permissions: { actions: 'write' } } as const

const grant = (index: number, minutes = 60): { status: number; body: unknown } => ({
  status: 201,
  body: { token: `ghs_secret${index}`, expires_at: new Date(Date.now() + minutes * 60_000).toISOString(), permissions: READ.permissions },
})
const installed: Script = ({ method }, index) => (method === 'GET' ? { body: INSTALLATION } : grant(index))

async function openApp(script: Script) {
  const server = await startScripted(script)
  const ports = recordPorts()
  const connection = createConnection({ ports })
  const options = { apiUrl: server.url, graphqlUrl: '', appId: '7', privateKey, deadline: ports.time + 30_000, connection, ports }
  return {
    server,
    ports,
    tokens: createInstallationTokens(options),
    async [Symbol.asyncDispose]() {
      connection.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

test('a read and a write token of one owner cost three requests, whatever the case of its name', async () => {
  await using app = await openApp(installed)
  expect(await app.tokens.tokenFor('Acme', READ)).toMatchObject({ kind: 'token', token: 'ghs_secret1' })
  expect(await app.tokens.tokenFor('acme', WRITE)).toMatchObject({ kind: 'token', token: 'ghs_secret2' })
  expect(await app.tokens.tokenFor('ACME', READ)).toMatchObject({ token: 'ghs_secret1' })
  expect(app.server.seen.map(({ method, url, body }) => [method, url, body && JSON.parse(body)])).toEqual([
    ['GET', '/users/Acme/installation', ''],
    ['POST', '/app/installations/42/access_tokens', { permissions: { contents: 'read' } }],
    ['POST', '/app/installations/42/access_tokens', { permissions: { actions: 'write' }, repositories: ['web'] }],
  ])
})

test('those who ask at once share the requests', async () => {
  await using app = await openApp(installed)
  await Promise.all([app.tokens.tokenFor('acme', READ), app.tokens.tokenFor('acme', READ), app.tokens.tokenFor('acme', WRITE)])
  expect(app.server.seen).toHaveLength(3)
})

test('every token and every JWT is masked before it is used', async () => {
  await using app = await openApp(installed)
  await app.tokens.tokenFor('acme', READ)
  const sent = app.server.seen.map(({ headers }) => headers.authorization?.replace('bearer ', ''))
  expect(app.ports.masked).toEqual([...sent, 'ghs_secret1'])
})

test.each([
  ['an owner without the App', ({ method }) => (method === 'GET' ? { status: 404 } : {}), READ, { kind: 'not-installed' }, 1],
  ['a suspended installation', () => ({ body: { ...INSTALLATION, suspended_at: '2026-01-01T00:00:00Z' } }), READ, { kind: 'suspended' }, 1],
  [
    'a permission that was not granted',
    installed,
    { permissions: { contents: 'write', issues: 'read', actions: 'read' } },
    { kind: 'permission-not-granted', missing: ['contents: write', 'issues: read'] },
    1,
  ],
  [
    'a repository outside of the installation',
    ({ method }) => (method === 'GET' ? { body: INSTALLATION } : { status: 422 }),
    WRITE,
    { kind: 'repository-not-installed' },
    2,
  ],
] satisfies [string, Script, TokenScope, object, number][])(
  '%s is an outcome, not an error',
  async (_, script, scope, outcome, requests) => {
    await using app = await openApp(script)
    expect(await app.tokens.tokenFor('acme', scope)).toEqual(outcome)
    expect(app.server.seen).toHaveLength(requests)
  },
)

test('a token that is nearly over is made anew', async () => {
  await using app = await openApp(({ method }, index) => (method === 'GET' ? { body: INSTALLATION } : grant(index, index === 1 ? 4 : 60)))
  await app.tokens.tokenFor('acme', READ)
  expect(await app.tokens.tokenFor('acme', READ)).toMatchObject({ token: 'ghs_secret2' })
  expect(await app.tokens.tokenFor('acme', READ)).toMatchObject({ token: 'ghs_secret2' })
})

test('a failure is not kept', async () => {
  await using app = await openApp((request, index) => (index === 0 ? { status: 410 } : installed(request, index)))
  expect(await caught(app.tokens.tokenFor('acme', READ))).toMatchObject({ code: 'GITHUB_GONE' })
  expect(await app.tokens.tokenFor('acme', READ)).toMatchObject({ kind: 'token' })
})

test('a key of another App is said to be so', async () => {
  await using app = await openApp(() => ({ status: 401 }))
  expect(await caught(app.tokens.tokenFor('acme', READ))).toMatchObject({ name: 'UserError', code: 'APP_KEY_REFUSED' })
  expect(app.server.seen).toHaveLength(1)
})

test('a JWT that a wrong local clock made useless is signed once more by the clock of GitHub', async () => {
  const isCurrent = (authorization = ''): boolean => {
    const { exp } = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString())
    return exp * 1_000 > Date.now()
  }
  await using app = await openApp((request, index) =>
    isCurrent(request.headers.authorization) ? installed(request, index) : { status: 401 },
  )
  app.ports.time -= 60 * 60_000
  expect(await app.tokens.tokenFor('acme', READ)).toMatchObject({ kind: 'token' })
  expect(app.server.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST'])
})

test.each([{}, { token: 'x' }, { token: 'x', expires_at: 'later' }])('a grant without what it must have is an error: %j', async (body) => {
  await using app = await openApp(({ method }) => (method === 'GET' ? { body: INSTALLATION } : { status: 201, body }))
  expect(await caught(app.tokens.tokenFor('acme', READ))).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
})

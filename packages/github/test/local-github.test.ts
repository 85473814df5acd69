import { startLocalGitHub, type Fault } from '@switchyard/local-github'
import { expect, test } from 'vitest'
import { createConnection, createGitHub } from '../src/index.ts'
import { caught, recordPorts } from './lab.ts'

const REPOSITORY = 'query($owner: String!) { a: repository(owner: $owner, name: "app") { databaseId } }'
const CREATE_REF = 'POST /repos/{owner}/{repo}/git/refs'

async function openLocal(fault?: Fault, budget = 120_000) {
  const local = await startLocalGitHub()
  local.world.addUser({ login: 'maintainer' })
  local.world.addOrganization({ login: 'acme', members: { maintainer: 'admin' } })
  await local.world.addRepository({ owner: 'acme', name: 'app' })
  const oid = await local.world.commit({
    repository: 'acme/app',
    files: { 'README.md': '# app\n' },
    message: 'Begin',
    author: 'maintainer',
  })
  const token = local.world.createToken({ kind: 'job', repository: 'acme/app', permissions: { contents: 'write' } })
  const ports = recordPorts()
  const connection = createConnection({ ports })
  const github = createGitHub({ ...local, credential: { token }, deadline: ports.time + budget, connection, ports })
  local.log.reset()
  if (fault) local.faults.add(fault)
  return {
    local,
    github,
    ports,
    createRef: (name: string) => github.request(CREATE_REF, { owner: 'acme', repo: 'app', ref: `refs/heads/${name}`, sha: oid }),
    async [Symbol.asyncDispose]() {
      connection.close()
      await local.close()
    },
  }
}

test('reads and writes go through, and budgets are known', async () => {
  await using lab = await openLocal()
  const { data } = await lab.github.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'app' })
  expect(data).toMatchObject({ full_name: 'acme/app' })
  const { data: asked, errors } = await lab.github.graphql(REPOSITORY, { owner: 'acme' })
  expect(errors).toEqual([])
  expect(asked['a']).toHaveProperty('databaseId', expect.any(Number))
  expect(await lab.createRef('next')).toMatchObject({ status: 201 })
  expect([...lab.github.rateLimits.keys()].sort()).toEqual(['core', 'graphql'])
})

test('what does not exist is a GraphQL error with its type, not an exception', async () => {
  await using lab = await openLocal()
  const { data, errors } = await lab.github.graphql(REPOSITORY, { owner: 'nobody' })
  expect(data).toEqual({ a: null })
  expect(errors[0]).toMatchObject({ type: 'NOT_FOUND', path: ['a'] })
})

test.each(['error-before', 'lost-answer-before'] as const)('a read meets %s and comes through', async (kind) => {
  await using lab = await openLocal({ match: {}, kind, times: 2 })
  expect(await lab.github.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'app' })).toMatchObject({ status: 200 })
  expect(lab.local.log.count()).toBe(3)
})

test.each(['error-after', 'lost-answer-after'] as const)(
  'a write meets %s: it is ambiguous, was done once, and is not sent again',
  async (kind) => {
    await using lab = await openLocal({ match: { method: 'POST' }, kind })
    expect(await caught(lab.createRef('next'))).toMatchObject({ name: 'GitHubError', isAmbiguous: true })
    expect(lab.local.log.count()).toBe(1)
    expect(await caught(lab.createRef('next'))).toMatchObject({ code: 'GITHUB_UNPROCESSABLE' })
  },
)

test('a write meets a secondary limit, waits as it is told to and comes through', async () => {
  await using lab = await openLocal({ match: { method: 'POST' }, kind: 'secondary-limit' })
  expect(await lab.createRef('next')).toMatchObject({ status: 201 })
  expect(lab.ports.slept).toEqual([60_000])
  expect(lab.local.log.count()).toBe(2)
})

test('a spent budget is an error that says so, in REST and in GraphQL', async () => {
  await using lab = await openLocal({ match: {}, kind: 'rate-limit', times: 2 }, 1_000)
  expect(await caught(lab.github.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'app' }))).toMatchObject({
    code: 'GITHUB_RATE_LIMITED',
  })
  expect(await caught(lab.github.graphql(REPOSITORY, { owner: 'acme' }))).toMatchObject({ code: 'GITHUB_RATE_LIMITED' })
  expect(lab.local.log.count()).toBe(2)
})

test('a token that lacks a permission learns which', async () => {
  await using lab = await openLocal()
  const poor = lab.local.world.createToken({ kind: 'job', repository: 'acme/app', permissions: { contents: 'read' } })
  const ports = recordPorts()
  const connection = createConnection({ ports })
  const github = createGitHub({ ...lab.local, credential: { token: poor }, deadline: ports.time + 1_000, connection, ports })
  const error = await caught(github.request(CREATE_REF, { owner: 'acme', repo: 'app', ref: 'refs/heads/x', sha: '0'.repeat(40) }))
  connection.close()
  expect(error).toMatchObject({ code: 'GITHUB_FORBIDDEN', neededPermission: expect.stringContaining('contents: write') })
})

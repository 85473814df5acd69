import { GitHubError } from '@switchyard/core'
import { describe, expect, test } from 'vitest'
import { caught, openLab, recordPorts } from '../test/lab.ts'
import { DEAD_ADDRESS, type ScriptedAnswer } from '../test/scripted-server.ts'
import { createConnection, createGitHub } from './index.ts'

const limited = { 'retry-after': '2' }
const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' }
type Row = readonly [name: string, answer: ScriptedAnswer | 'drop' | 'cut', code: string, reads: number, writes: number]

/** Requests that the server saw, for a read and for a write that is not idempotent. */
const table: readonly Row[] = [
  ['302', { status: 302 }, 'GITHUB_UNEXPECTED', 1, 1],
  ['400', { status: 400 }, 'GITHUB_BAD_REQUEST', 1, 1],
  ['401', { status: 401 }, 'GITHUB_UNAUTHORIZED', 1, 1],
  ['403 for want of permission', { status: 403 }, 'GITHUB_FORBIDDEN', 1, 1],
  ['403 with retry-after', { status: 403, headers: limited }, 'GITHUB_RATE_LIMITED', 6, 6],
  [
    '403 of a secondary limit without headers',
    { status: 403, body: { documentation_url: 'https://x/rate-limits' } },
    'GITHUB_RATE_LIMITED',
    1,
    1,
  ],
  ['403 with a spent budget', { status: 403, headers: spent }, 'GITHUB_RATE_LIMITED', 1, 1],
  ['404', { status: 404 }, 'GITHUB_NOT_FOUND', 1, 1],
  ['409', { status: 409 }, 'GITHUB_CONFLICT', 1, 1],
  ['410', { status: 410 }, 'GITHUB_GONE', 1, 1],
  ['418', { status: 418 }, 'GITHUB_UNEXPECTED', 1, 1],
  ['422', { status: 422 }, 'GITHUB_UNPROCESSABLE', 1, 1],
  ['429', { status: 429, headers: limited }, 'GITHUB_RATE_LIMITED', 6, 6],
  ['451', { status: 451 }, 'GITHUB_FORBIDDEN', 1, 1],
  ['500', { status: 500 }, 'GITHUB_UNAVAILABLE', 6, 1],
  ['502', { status: 502 }, 'GITHUB_UNAVAILABLE', 6, 1],
  ['503', { status: 503 }, 'GITHUB_UNAVAILABLE', 6, 1],
  ['504', { status: 504 }, 'GITHUB_UNAVAILABLE', 6, 1],
  ['a dropped connection', 'drop', 'GITHUB_ANSWER_LOST', 6, 1],
  ['an answer that is cut off', 'cut', 'GITHUB_ANSWER_LOST', 6, 1],
]

describe.each(table)('%s', (_, answer, code, reads, writes) => {
  test.each([
    ['GET', {}, reads],
    ['POST', {}, writes],
    ['DELETE', {}, writes],
    ['PUT', { idempotent: true }, reads],
  ] as const)(`a %s is ${code}`, async (method, wishes, requests) => {
    await using lab = await openLab(() => answer)
    const error = await caught(lab.github.request(`${method} /repos/{owner}/{repo}`, { owner: 'acme', repo: 'web' }, wishes))
    expect(error).toBeInstanceOf(GitHubError)
    expect(error).toMatchObject({ code, route: `${method} /repos/{owner}/{repo}` })
    expect(lab.server.seen).toHaveLength(requests)
    expect(lab.connection.requestCount).toBe(requests)
    expect(lab.ports.slept).toHaveLength(requests - 1)
  })
})

test.each(['GET', 'POST'])('a %s to where nobody listens is tried again, since nothing was sent', async (method) => {
  const ports = recordPorts()
  const connection = createConnection({ ports })
  const apiUrl = DEAD_ADDRESS
  const github = createGitHub({ apiUrl, graphqlUrl: apiUrl, credential: { token: 'x' }, deadline: ports.time + 30_000, connection, ports })
  expect(await caught(github.request(`${method} /user`))).toMatchObject({ code: 'GITHUB_UNREACHABLE', status: 0 })
  expect(connection.requestCount).toBe(6)
  expect(ports.slept).toEqual([50, 100, 200, 400, 800])
  connection.close()
})

test('a read that works at the third try gives its answer', async () => {
  await using lab = await openLab((_, index) => (index < 2 ? { status: 502 } : { body: { id: 7 } }))
  expect(await lab.github.request('GET /repos/{owner}/{repo}', { owner: 'a', repo: 'b' })).toMatchObject({ status: 200, data: { id: 7 } })
  expect(lab.ports.slept).toEqual([50, 100])
})

test('a lost answer and a limit in turn: each try is judged by itself', async () => {
  await using lab = await openLab((_, index) => [{ status: 429, headers: limited }, 'drop' as const][index] ?? {})
  expect(await caught(lab.github.request('POST /x'))).toMatchObject({ code: 'GITHUB_ANSWER_LOST' })
  expect(lab.server.seen).toHaveLength(2)
})

test('a limit that lasts beyond the step is an error with the time of its end', async () => {
  await using lab = await openLab(() => ({ status: 403, headers: { ...spent, 'x-github-request-id': 'A:1' } }))
  const error = await caught(lab.github.request('GET /x'))
  expect(error).toMatchObject({ code: 'GITHUB_RATE_LIMITED', requestId: 'A:1', retryPolicy: 'after-wait' })
  expect(error).toHaveProperty('hint', expect.stringContaining('2100-01-01T00:00:01'))
  expect(lab.ports.slept).toEqual([])
})

test('a secondary limit without a time is waited for a minute, if the step has that long', async () => {
  const body = { documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits' }
  await using lab = await openLab((_, index) => (index === 0 ? { status: 403, body } : {}), { budget: 120_000 })
  await lab.github.request('POST /x')
  expect(lab.ports.slept).toEqual([60_500])
})

test('what a token lacks is named, and what the fields are blamed for', async () => {
  const headers = { 'x-accepted-github-permissions': 'contents=write,metadata=read; administration=write' }
  await using lab = await openLab(({ url }) =>
    url === '/forbidden'
      ? { status: 403, headers }
      : { status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'Repository', field: 'name', code: 'custom' }] } },
  )
  expect(await caught(lab.github.request('POST /forbidden'))).toMatchObject({
    neededPermission: 'contents: write and metadata: read, or administration: write',
    hint: expect.stringContaining('`contents: write and metadata: read'),
  })
  expect(await caught(lab.github.request('POST /invalid'))).toMatchObject({ answer: 'Validation Failed; Repository name custom' })
})

test('every request says which version of the API it wants, and who asks', async () => {
  await using lab = await openLab(() => ({ status: 204 }))
  await lab.github.request('PUT /repos/{owner}/{repo}/topics', { owner: 'a', repo: 'b/c', names: ['x'] })
  const [request] = lab.server.seen
  expect(request).toMatchObject({ url: '/repos/a/b%2Fc/topics', body: '{"names":["x"]}' })
  expect(request?.headers).toMatchObject({
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    'user-agent': expect.stringMatching(/^switchyard /),
    'accept-encoding': 'gzip',
  })
})

test('what is left of a budget is kept by resource', async () => {
  const headers = {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '990',
    'x-ratelimit-reset': '100',
    'x-ratelimit-resource': 'core',
  }
  await using lab = await openLab((_, index) => ({
    status: index === 0 ? 200 : 404,
    headers: { ...headers, 'x-ratelimit-remaining': `${990 - index}` },
  }))
  await lab.github.request('GET /x')
  expect(lab.github.rateLimits.get('core')).toEqual({ limit: 1000, remaining: 990, resetAt: 100_000 })
  await caught(lab.github.request('GET /x'))
  expect(lab.github.rateLimits.get('core')?.remaining).toBe(989)
})

test('pages are asked for one by one, and only as long as they are wanted', async () => {
  await using lab = await openLab((_, index) => ({
    body: [index],
    headers: index < 2 ? { link: '<https://x/?page=2>; rel="next", <https://x>; rel="last"' } : {},
  }))
  const all: unknown[] = []
  for await (const { data } of lab.github.pages('GET /repos/{owner}/{repo}/issues', { owner: 'a', repo: 'b', state: 'open' })) {
    all.push(data)
  }
  expect(all).toEqual([[0], [1], [2]])
  expect(lab.server.seen[1]?.url).toBe('/repos/a/b/issues?per_page=100&state=open&page=2')
})

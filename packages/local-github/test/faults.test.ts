import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub, type LocalGitHubOptions } from '../src/index.ts'
import { ask as askGitHub, type Ask, type Reply } from './rest-lab.ts'

let github: LocalGitHub
let token: string

async function open(options: LocalGitHubOptions = {}): Promise<void> {
  github = await startLocalGitHub({ clock: { start: new Date('2026-03-01T00:00:00Z'), frozen: true }, ...options })
  const { world } = github
  world.addUser({ login: 'owner' })
  await world.addRepository({ owner: 'owner', name: 'app' })
  await world.commit({ repository: 'owner/app', files: { 'README.md': '1' } })
  await world.commit({ repository: 'owner/app', files: { 'README.md': '2' } })
  token = world.createToken({ kind: 'classic', user: 'owner', scopes: ['repo'] })
}

beforeEach(() => open())
afterEach(() => github.close())

const ask = (what: string, more: Ask = {}): Promise<Reply> => askGitHub(github, what, { token, ...more })
const openIssue = (): Promise<Reply> => ask('POST /repos/owner/app/issues', { body: { title: 't' } })
const ISSUES = '/repos/{owner}/{repo}/issues'
const issues = (): number => github.world.state.issues.size

describe('a fault', () => {
  test('before the effect leaves nothing, after it leaves the effect', async () => {
    github.faults.add({ match: { method: 'POST', route: ISSUES }, kind: 'error-before' })
    expect([(await openIssue()).status, issues()]).toEqual([502, 0])
    github.faults.add({ match: { method: 'POST', route: ISSUES }, kind: 'error-after', status: 500 })
    expect([(await openIssue()).status, issues()]).toEqual([500, 1])
    expect([(await openIssue()).status, issues()]).toEqual([201, 2])
  })

  test('holds a request until it is let go, and nothing of it has happened before', async () => {
    const held = Promise.withResolvers<void>()
    github.faults.add({ match: { method: 'POST', route: ISSUES }, kind: 'hold', until: held.promise })
    const opening = openIssue()
    expect((await ask('GET /repos/owner/app')).status).toBe(200)
    expect(issues()).toBe(0)
    held.resolve()
    expect([(await opening).status, issues()]).toEqual([201, 1])
  })

  test('loses the answer without or with the effect', async () => {
    github.faults.add({ match: { route: ISSUES }, kind: 'lost-answer-before' })
    await expect(openIssue()).rejects.toThrow()
    expect(issues()).toBe(0)
    github.faults.add({ match: { route: ISSUES }, kind: 'lost-answer-after' })
    await expect(openIssue()).rejects.toThrow()
    expect(issues()).toBe(1)
    expect(github.log.entries().map(({ status }) => status)).toEqual([0, 0])
    expect(github.log.lines()[0]).toContain('no answer')
  })

  test('of time cuts the connection after its while, without an effect', async () => {
    github.faults.add({ match: { route: ISSUES }, kind: 'timeout', ms: 20 })
    const before = performance.now()
    await expect(openIssue()).rejects.toThrow()
    expect(performance.now() - before).toBeGreaterThanOrEqual(19)
    expect(issues()).toBe(0)
  })

  test('shows a head that lags by one commit', async () => {
    github.faults.add({ match: { route: '/repos/{owner}/{repo}/contents/{path}' }, kind: 'stale-head' })
    const texts = [await ask('GET /repos/owner/app/contents/README.md'), await ask('GET /repos/owner/app/contents/README.md')]
    expect(texts.map(({ body }) => Buffer.from(String(body.content), 'base64').toString())).toEqual(['1', '2'])
  })

  test('hits the nth request, as many as ordered, and is then used up', async () => {
    github.faults.add({ match: { route: '/repos/{owner}/{repo}', nth: 2 }, kind: 'not-found' })
    github.faults.add({ match: { route: /\/branches$/ }, kind: 'bad-credentials', times: 2 })
    const statuses = []
    for (const path of ['', '', '', '/branches', '/branches', '/branches']) statuses.push((await ask(`GET /repos/owner/app${path}`)).status)
    expect(statuses).toEqual([200, 404, 200, 401, 401, 200])
    expect(github.faults.pending()).toBe(0)
  })

  test('of a limit looks as the limit does', async () => {
    github.faults.add({ match: {}, kind: 'rate-limit' })
    const primary = await ask('GET /repos/owner/app')
    expect([primary.status, primary.headers.get('x-ratelimit-remaining')]).toEqual([403, '0'])
    github.faults.add({ match: {}, kind: 'secondary-limit', ms: 7000 })
    const secondary = await ask('GET /repos/owner/app')
    expect([secondary.status, secondary.headers.get('retry-after')]).toEqual([403, '7'])
    expect((await ask('GET /repos/owner/app')).status).toBe(200)
  })

  test('delivers an event twice, with one delivery id', async () => {
    const seen: string[] = []
    github.world.onEvent((event) => void seen.push(event.delivery))
    github.world.events.repeatBy((event) => (event.name === 'issues' ? 2 : 1))
    await openIssue()
    await github.world.events.settled()
    expect([seen.length, new Set(seen).size]).toEqual([2, 1])
  })
})

describe('the log', () => {
  test('counts how many answers stood one after another', async () => {
    await ask('GET /repos/owner/app')
    await Promise.all([ask('GET /repos/owner/app/branches'), ask('GET /repos/owner/app/commits')])
    await ask('GET /user')
    expect(github.log.entries().map(({ depth }) => depth)).toEqual([1, 2, 2, 3])
    expect([github.log.count(), github.log.depth(), github.log.count(({ route }) => route === '/user')]).toEqual([4, 3, 1])
    github.log.reset()
    await ask('GET /user')
    expect([github.log.count(), github.log.depth()]).toEqual([1, 1])
  })

  test('keeps bytes and templates, and names what nobody plays', async () => {
    const unknown = await ask('PUT /repos/owner/app/subscription', { body: { a: 1 } })
    expect([unknown.status, unknown.body.message]).toEqual([501, 'The embedded GitHub does not play PUT /repos/owner/app/subscription'])
    const repository = await ask('GET /repos/owner/app')
    const [first, second] = github.log.entries()
    expect(first).toMatchObject({ status: 501, requestBytes: 7 })
    expect(second).toMatchObject({ route: '/repos/{owner}/{repo}', responseBytes: Number(repository.headers.get('content-length')) })
  })

  test('measures sessions apart', async () => {
    await github.close()
    await open({ sessionOf: (request) => request.headers.get('user-agent') ?? '' })
    const from = (session: string): Promise<Reply> => ask('GET /user', { headers: { 'user-agent': session } })
    await from('a')
    await from('a')
    await from('b')
    expect([github.log.depth('a'), github.log.depth('b'), github.log.depth()]).toEqual([2, 1, 2])
  })
})

describe('limits', () => {
  test('are spent, told in every answer, and come back with the clock', async () => {
    await github.close()
    await open({ rateLimits: { perHour: { other: 2 } } })
    const remaining = async (): Promise<unknown> => {
      const { status, headers } = await ask('GET /user')
      return [status, headers.get('x-ratelimit-remaining'), headers.get('x-ratelimit-reset')]
    }
    const reset = String(Date.parse('2026-03-01T01:00:00Z') / 1000)
    expect([await remaining(), await remaining(), await remaining()]).toEqual([
      [200, '1', reset],
      [200, '0', reset],
      [403, '0', reset],
    ])
    expect((await ask('GET /rate_limit')).status).toBe(200)
    github.clock.advance(3_600_000)
    expect((await ask('GET /user')).status).toBe(200)
  })

  test('of what makes content are secondary, and say how long to wait', async () => {
    await github.close()
    await open({ rateLimits: { contentPerMinute: 1 } })
    expect((await openIssue()).status).toBe(201)
    const refused = await openIssue()
    expect([refused.status, refused.headers.get('retry-after'), issues()]).toEqual([403, '60', 1])
    github.clock.advance(60_000)
    expect((await openIssue()).status).toBe(201)
  })
})

test('answers carry the clock, the version, a request id, and 304 for what the client has', async () => {
  const { headers } = await ask('GET /repos/owner/app')
  expect(headers.get('date')).toBe('Sun, 01 Mar 2026 00:00:00 GMT')
  expect(headers.get('x-github-api-version-selected')).toBe('2022-11-28')
  expect(headers.get('x-github-request-id')).toMatch(/^[0-9A-F:]{30,}$/)
  const again = await ask('GET /repos/owner/app', { headers: { 'if-none-match': headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
  expect((await ask('GET /user', { headers: { 'x-github-api-version': '2020-01-01' } })).status).toBe(400)
})

test('latency is added to every answer', async () => {
  github.behaviour.latency = 30
  const before = performance.now()
  await ask('GET /user')
  expect(performance.now() - before).toBeGreaterThanOrEqual(29)
})

test('a connection is kept longer than any client needs between two requests', async () => {
  const { headers } = await ask('GET /user')
  expect(headers.get('keep-alive')).toBe('timeout=600')
})

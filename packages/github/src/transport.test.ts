import { gzipSync } from 'node:zlib'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { caught, openLab, TOKEN } from '../test/lab.ts'
import { startScripted } from '../test/scripted-server.ts'
import { createConnection } from './index.ts'

test('one socket serves requests that follow one another', async () => {
  await using lab = await openLab(() => ({}))
  for (let index = 0; index < 3; index++) await lab.github.request('GET /x')
  expect(new Set(lab.server.seen.map(({ socket }) => socket)).size).toBe(1)
})

test('packed answers are unpacked', async () => {
  const body = gzipSync(JSON.stringify({ text: 'ä'.repeat(1_000) }))
  await using lab = await openLab(() => ({ headers: { 'content-encoding': 'gzip' }, body }))
  expect((await lab.github.request('GET /x')).data).toEqual({ text: 'ä'.repeat(1_000) })
})

test.each([
  ['as it comes', { body: Buffer.alloc(2_000, 32) }],
  ['when unpacked', { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(100_000, 32)) }],
])('an answer that is too large %s is refused, once', async (_, answer) => {
  await using lab = await openLab(() => answer, { maxBytes: 1_000 })
  expect(await caught(lab.github.request('GET /x'))).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
  expect(lab.server.seen).toHaveLength(1)
})

test('a server that does not answer in time has lost the answer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
  await using lab = await openLab(() => 'hang', { timeoutMs: 20_000 })
  const failing = caught(lab.github.request('POST /x'))
  // The time runs once the request is there: before that, nothing could be lost.
  while (lab.server.seen.length === 0) await nextTurn()
  vi.advanceTimersByTime(20_000)
  expect(await failing).toMatchObject({ code: 'GITHUB_ANSWER_LOST' })
  expect(lab.server.seen).toHaveLength(1)
})

test('TLS that cannot be agreed upon means that nothing was sent', async () => {
  await using plain = await startScripted(() => ({}))
  const connection = createConnection({ ports: { now: Date.now } })
  const sending = connection.fetch(plain.url.replace('http:', 'https:'), { method: 'POST', headers: {}, timeoutMs: 60_000 })
  expect(await caught(sending)).toMatchObject({ failure: 'not-sent' })
  expect(plain.seen).toEqual([])
})

test('closing ends what is under way', async () => {
  await using lab = await openLab(() => 'hang')
  const failing = caught(lab.github.request('POST /x'))
  while (lab.server.seen.length === 0) await nextTurn()
  lab.connection.close()
  expect(await failing).toMatchObject({ code: 'GITHUB_ANSWER_LOST' })
})

test('bytes are handed on as bytes', async () => {
  await using lab = await openLab(() => ({ headers: { 'content-type': 'application/octet-stream' }, body: Buffer.from([0, 255, 1]) }))
  const { data } = await lab.github.request('GET /x')
  expect(data instanceof ArrayBuffer && [...new Uint8Array(data)]).toEqual([0, 255, 1])
})

test('bytes are sent as bytes', async () => {
  await using server = await startScripted(() => ({}))
  const connection = createConnection({ ports: { now: Date.now } })
  await connection.fetch(`${server.url}/x`, { method: 'POST', headers: {}, body: new Uint8Array([0, 255, 1]), timeoutMs: 60_000 })
  connection.close()
  expect([...(server.seen[0]?.bytes ?? [])]).toEqual([0, 255, 1])
})

test.each([301, 302, 303, 307, 308])('a read follows a %i on the same host, with the token', async (status) => {
  await using lab = await openLab(({ url }) => (url === '/old' ? { status, headers: { location: '/new' } } : { body: 'here' }))
  expect((await lab.github.request('GET /old')).data).toBe('here')
  expect(lab.server.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ['/old', `bearer ${TOKEN}`],
    ['/new', `bearer ${TOKEN}`],
  ])
})

test('another host never gets the token, not even after a redirect back', async () => {
  await using lab = await openLab(({ url }) => (url === '/a' ? { status: 302, headers: { location: `${other.url}/b` } } : { body: 'end' }))
  await using other = await startScripted(() => ({ status: 302, headers: { location: `${lab.server.url}/c` } }))
  expect((await lab.github.request('GET /a')).data).toBe('end')
  expect(other.seen[0]?.headers).not.toHaveProperty('authorization')
  expect(lab.server.seen[1]?.headers).not.toHaveProperty('authorization')
})

test('a write is never redirected', async () => {
  await using lab = await openLab(() => ({ status: 307, headers: { location: '/new' } }))
  expect(await caught(lab.github.request('POST /old'))).toMatchObject({ code: 'GITHUB_UNEXPECTED', status: 307, isAmbiguous: true })
  expect(lab.server.seen).toHaveLength(1)
})

test('redirects in a circle end', async () => {
  await using lab = await openLab(() => ({ status: 302, headers: { location: '/again' } }))
  expect(await caught(lab.github.request('GET /x'))).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
  expect(lab.server.seen).toHaveLength(6)
})

test('a proxy that is set is used', async () => {
  await using proxy = await startScripted(() => ({ body: 'by proxy' }))
  const connection = createConnection({ proxyEnv: { HTTP_PROXY: proxy.url }, ports: { now: Date.now } })
  const answer = await connection.fetch('http://github.invalid/x', { method: 'GET', headers: {}, timeoutMs: 60_000 })
  connection.close()
  expect(await answer.text()).toBe('"by proxy"')
  expect(proxy.seen[0]?.url).toBe('http://github.invalid/x')
})

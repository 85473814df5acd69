import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openLab } from '../test/lab.ts'
import { createConnection } from './index.ts'

/** What came to pass, in order; `whenSent` is noted as `sent`. */
async function watch(connection: { readonly whenSent: Promise<void> }, ...requests: readonly Promise<unknown>[]): Promise<string[]> {
  const order: string[] = []
  const sent = connection.whenSent.then(() => order.push('sent'))
  await Promise.all([sent, ...requests.map((request) => Promise.allSettled([request]).then(() => order.push('answered')))])
  return order
}

test('the first request is on its way before it is answered', async () => {
  await using lab = await openLab(() => ({}))
  expect(await watch(lab.connection, lab.github.request('GET /x'))).toEqual(['sent', 'answered'])
})

test('what is asked in the same breath has to be on its way too', async () => {
  await using lab = await openLab(() => ({}))
  // Nobody reads here: a large body does not leave before the connection has ended.
  const deaf = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1')
  const connected = new Promise<Socket>((resolve) => void deaf.once('connection', resolve))
  await once(deaf, 'listening')
  const { port } = deaf.address() as AddressInfo
  const init = { method: 'POST', headers: {}, timeoutMs: 60_000 }
  const first = lab.connection.fetch(`${lab.server.url}/x`, init)
  const second = lab.connection.fetch(`http://127.0.0.1:${port}/y`, { ...init, body: Buffer.alloc(20_000_000) })
  const watched = watch(lab.connection, first, second)
  await first
  const socket = await connected
  socket.destroy()
  const order = await watched
  expect(order.indexOf('sent')).toBeGreaterThan(order.indexOf('answered'))
  deaf.close()
})

test('a request that cannot be sent keeps nobody waiting', async () => {
  const connection = createConnection({ ports: { now: Date.now } })
  const sending = connection.fetch('http://127.0.0.1:1/x', { method: 'GET', headers: {}, timeoutMs: 60_000 })
  expect((await watch(connection, sending)).toSorted()).toEqual(['answered', 'sent'])
})

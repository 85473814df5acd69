import { expect, test } from 'vitest'
import { sendAndFollow } from './redirects.ts'
import { TransportError } from './transport-error.ts'
import type { Transport } from './transport.ts'

/** A transport that redirects once, to `location`. */
function redirecting(location: string): { transport: Transport; sent: string[] } {
  const sent: string[] = []
  const transport: Transport = {
    async send(target) {
      const headers = new Map(sent.length === 0 ? [['location', location]] : [])
      sent.push(target.href)
      return {
        status: headers.size > 0 ? 302 : 200,
        statusText: '',
        url: target.href,
        headers,
        text: async () => '',
        arrayBuffer: async () => new ArrayBuffer(0),
      }
    },
    close() {},
  }
  return { transport, sent }
}

const GET = { method: 'GET', headers: {}, timeoutMs: 1_000 }

test('HTTPS is never left', async () => {
  const { transport, sent } = redirecting('http://github.test/b')
  await expect(sendAndFollow(transport, 'https://github.test/a', GET)).rejects.toThrow(TransportError)
  expect(sent).toEqual(['https://github.test/a'])
})

test.each(['https://other.test/b', '/b', '//other.test/b'])('HTTPS is followed to HTTPS: %s', async (location) => {
  const { transport, sent } = redirecting(location)
  await sendAndFollow(transport, 'https://github.test/a', GET)
  expect(sent[1]).toMatch(/^https:\/\/\w+\.test\/b$/)
})

test('a location that is no address is no redirect', async () => {
  const { transport } = redirecting('https://')
  expect(await sendAndFollow(transport, 'https://github.test/a', GET)).toMatchObject({ status: 302 })
})

import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly bytes: Buffer
  /** The socket it came by: equal for requests that shared one. */
  readonly socket: object
}

export interface ScriptedAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, unless it is bytes already. */
  readonly body?: unknown
}

/** `drop`: the connection ends without an answer. `hang`: it stays open, and no answer comes. `cut`: it ends within the answer. */
export type Script = (request: SeenRequest, index: number) => ScriptedAnswer | 'drop' | 'hang' | 'cut'

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string
  readonly seen: readonly SeenRequest[]
}

/** The network's edge, for what no GitHub does on request: broken connections, odd redirects, odd headers. */
export async function startScripted(script: Script): Promise<ScriptedServer> {
  const seen: SeenRequest[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '', headers, socket } = incoming
      const bytes = Buffer.concat(chunks)
      const request = { method, url, headers, body: bytes.toString('utf8'), bytes, socket }
      const answer = script(request, seen.push(request) - 1)
      if (answer === 'hang') return
      if (answer === 'drop') return void socket.destroy()
      if (answer === 'cut') {
        outgoing.writeHead(200, { 'content-length': '100' })
        outgoing.write('half', () => socket.destroy())
        return
      }
      const content = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(JSON.stringify(answer.body ?? {}))
      outgoing.writeHead(answer.status ?? 200, { 'content-type': 'application/json; charset=utf-8', ...answer.headers })
      outgoing.end(answer.status === 204 ? undefined : content)
    })
  })
  server.keepAliveTimeout = 600_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address.port
}

/** An address where nobody listens: a port that was free a moment ago may be another test's by now, and this one is no test's. */
export const DEAD_ADDRESS = 'http://127.0.0.1:1'

import type * as Http from 'node:http'
import type * as Https from 'node:https'
import type { Socket } from 'node:net'
import { type RawResponse, toAnswer, type TransportAnswer } from './transport-answer.ts'
import { tooLarge, TransportError } from './transport-error.ts'

export interface TransportOptions {
  readonly proxyEnv: Readonly<Record<string, string>>
  /** Of an answer's body, before and after unpacking. */
  readonly maxBytes: number
}

export interface TransportRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  /** From the start of the request to the end of its answer. */
  readonly timeoutMs: number
  /** Called when the request has been handed to the system whole. */
  readonly onSent?: () => void
}

export interface Transport {
  /** @throws {TransportError} when no usable answer came. */
  send(target: URL, request: TransportRequest): Promise<TransportAnswer>
  close(): void
}

/** Below GitHub's limit of 100 requests at a time (rest/using-the-rest-api/rate-limits-for-the-rest-api). */
const MAX_SOCKETS = 50

/**
 * HTTP/1.1 on Node's own client with keep-alive: built-in `fetch` costs more to load than all the rest of an action.
 * One request, one answer; redirects are the caller's.
 */
export function createTransport(options: TransportOptions): Transport {
  const agents = new Map<string, Http.Agent>()

  const agentFor = (protocol: string): Http.Agent => {
    const known = agents.get(protocol)
    if (known) return known
    const { Agent } = clientFor(protocol)
    const proxy = Object.keys(options.proxyEnv).length > 0 ? { proxyEnv: { ...options.proxyEnv } } : {}
    const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, ...proxy })
    agents.set(protocol, agent)
    return agent
  }

  return {
    async send(target, request) {
      const response = await exchange(target, request, {
        agent: agentFor(target.protocol),
        maxBytes: options.maxBytes,
      })
      return toAnswer(target, response, options.maxBytes)
    },
    close() {
      for (const agent of agents.values()) agent.destroy()
      agents.clear()
    },
  }
}

/** The modules are asked for by name: importing them statically would load undici for their named exports. */
function clientFor(protocol: string): typeof Http | typeof Https {
  if (protocol === 'https:') return process.getBuiltinModule('node:https')
  if (protocol === 'http:') return process.getBuiltinModule('node:http')
  throw new TransportError('not-sent', `${protocol} is no protocol to reach GitHub by`)
}

interface Wire extends Pick<TransportOptions, 'maxBytes'> {
  readonly agent: Http.Agent
}

function exchange(target: URL, request: TransportRequest, wire: Wire): Promise<RawResponse> {
  const { method, headers, body, timeoutMs } = request
  return new Promise((resolve, reject) => {
    let connected = false
    const sending = clientFor(target.protocol).request(target, { method, headers, agent: wire.agent })
    const fail = (error: Error): void => {
      clearTimeout(timer)
      reject(error instanceof TransportError ? error : lostOrNotSent(connected, target, error))
    }
    const timer = setTimeout(() => sending.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    sending.on('socket', (socket) => whenConnected(socket, target, () => (connected = true)))
    sending.on('error', fail)
    sending.on('finish', () => request.onSent?.())
    sending.on('response', (message) => {
      const chunks: Buffer[] = []
      let size = 0
      message.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > wire.maxBytes) message.destroy(tooLarge(target, wire.maxBytes))
        else chunks.push(chunk)
      })
      message.on('error', fail)
      message.on('end', () => {
        clearTimeout(timer)
        resolve({ message, body: Buffer.concat(chunks) })
      })
    })
    sending.end(body)
  })
}

/** Until then not one byte of the request has left: TCP has no peer, or TLS no keys. A kept socket is past that already. */
function whenConnected(socket: Socket, target: URL, then: () => void): void {
  const isTlsPending = 'secureConnecting' in socket && socket.secureConnecting === true
  if (!socket.connecting && !isTlsPending) then()
  else socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', then)
}

function lostOrNotSent(connected: boolean, target: URL, cause: Error): TransportError {
  return connected
    ? new TransportError('lost', `the connection to ${target.host} ended before the answer was complete`, { cause })
    : new TransportError('not-sent', `no connection to ${target.host}`, { cause })
}

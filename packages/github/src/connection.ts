import type { GitHubPorts } from './ports.ts'
import { sendAndFollow } from './redirects.ts'
import { createServerClock } from './server-clock.ts'
import type { TransportAnswer } from './transport-answer.ts'
import { createTransport, type Transport, type TransportRequest } from './transport.ts'

export interface ConnectionOptions {
  /** The environment's proxy settings (`HTTPS_PROXY`, `NO_PROXY`, …); left out or empty: none. */
  readonly proxyEnv?: Readonly<Record<string, string>>
  /** How long one request may take, from its start to the end of its answer. GitHub itself gives up after 10 s. */
  readonly timeoutMs?: number
  /** The largest answer that is read. */
  readonly maxBytes?: number
  readonly ports: Pick<GitHubPorts, 'now'>
}

/** What `fetch` is called with by Octokit, and how long this one may take at most. */
export interface FetchInit {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  readonly timeoutMs: number
}

/** Open sockets and GitHub's clock: shared by all credentials of one process, so that TLS is negotiated once. */
export interface Connection {
  /** Requests sent so far, redirects and repeats included. */
  readonly requestCount: number
  /**
   * Ends when the first request, and whatever was asked in the same breath, is on its way or could not be sent: loading code
   * earlier than that would hold it up.
   */
  readonly whenSent: Promise<void>
  /** The time by GitHub's clock, in ms since the epoch; the local one until the first answer. */
  serverNow(): number
  /** @throws {TransportError} when no usable answer came. */
  fetch(url: string, init: FetchInit): Promise<TransportAnswer>
  /** Ends all sockets at once: what is under way fails, and nothing keeps the process alive. */
  close(): void
}

const TIMEOUT_MS = 30_000
/** Above the 40 MB that GitHub serves at most by its API. */
const MAX_BYTES = 64 * 1_024 * 1_024

export function createConnection(options: ConnectionOptions): Connection {
  const { now } = options.ports
  const clock = createServerClock()
  const { promise: whenSent, resolve: endWaiting } = Promise.withResolvers<void>()
  const transport = createTransport({ proxyEnv: options.proxyEnv ?? {}, maxBytes: options.maxBytes ?? MAX_BYTES })
  let requestCount = 0
  const unsent = new Set<TransportRequest>()
  const leave = (request: TransportRequest): void => {
    if (unsent.delete(request) && unsent.size === 0) endWaiting()
  }
  const counted: Transport = {
    ...transport,
    send(target, request) {
      requestCount++
      unsent.add(request)
      return transport.send(target, { ...request, onSent: () => leave(request) }).finally(() => leave(request))
    },
  }

  return {
    get requestCount() {
      return requestCount
    },
    whenSent,
    serverNow: () => now() + clock.offsetMs,
    async fetch(url, init) {
      const sentAt = now()
      const timeoutMs = Math.min(init.timeoutMs, options.timeoutMs ?? TIMEOUT_MS)
      const headers = { ...init.headers, 'accept-encoding': 'gzip' }
      const answer = await sendAndFollow(counted, url, { ...init, headers, timeoutMs })
      if (isSameOrigin(answer.url, url)) clock.observe(answer.headers.get('date'), sentAt, now())
      return answer
    },
    close: () => transport.close(),
  }
}

function isSameOrigin(left: string, right: string): boolean {
  return new URL(left).origin === new URL(right).origin
}

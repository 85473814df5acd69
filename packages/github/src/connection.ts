import type { GitHubPorts } from './ports.ts'

export interface ConnectionOptions {
  /** The environment's proxy settings (`HTTPS_PROXY`, `NO_PROXY`, …); left out or empty: none. */
  readonly proxyEnv?: Readonly<Record<string, string>>
  /** How long one request may take from start to the end of its answer. GitHub itself gives up after 10 s. */
  readonly timeoutMs?: number
  readonly ports: GitHubPorts
}

/** Open sockets and GitHub's clock: shared by all credentials of one process, so that TLS is negotiated once. */
export interface Connection {
  /** Requests sent so far, redirects and repeats included. */
  readonly requestCount: number
  /** The time by GitHub's clock, in ms since the epoch; the local one until the first answer. */
  serverNow(): number
  /** Ends all sockets at once. */
  close(): void
}

import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { RateLimits, type RateLimitOptions } from '../auth/rate-limits.ts'
import { Faults } from '../faults/faults.ts'
import { GitStores } from '../git/stores.ts'
import { RequestLog } from '../log/request-log.ts'
import { Clock, type ClockOptions } from '../world/clock.ts'
import { readSnapshot, writeSnapshot } from '../world/snapshot.ts'
import { World } from '../world/world.ts'
import { createApp, GRAPHQL_PATH, REST_ROOT } from './app.ts'
import type { ServerBehaviour, ServerContext } from './server-context.ts'

export interface LocalGitHubOptions {
  readonly clock?: ClockOptions
  /** Milliseconds added to every answer. */
  readonly latency?: number
  /** Awaited before every answer. */
  readonly beforeAnswer?: ServerBehaviour['beforeAnswer']
  /** Where git repositories are kept; a temporary folder, removed at the end, unless given. */
  readonly folder?: string
  readonly port?: number
  /** A folder that `snapshot` wrote: the world goes on from there. */
  readonly restoreFrom?: string
  readonly rateLimits?: RateLimitOptions
  /** False: dispatches with `return_run_details` are refused with 400, as by Enterprise Servers before 3.21. */
  readonly knowsRunDetails?: boolean
  readonly freshRepositories?: ServerBehaviour['freshRepositories']
  readonly onExchange?: ServerBehaviour['onExchange']
  /** Groups requests whose depth is measured together; all are one session unless given. */
  readonly sessionOf?: (request: Request) => string
}

export interface LocalGitHub {
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly serverUrl: string
  readonly world: World
  readonly log: RequestLog
  readonly faults: Faults
  readonly clock: Clock
  readonly limits: RateLimits
  /** May be changed while the server runs. */
  readonly behaviour: ServerBehaviour
  /** Keeps tables and repositories in a folder. */
  snapshot(folder: string): Promise<void>
  close(): Promise<void>
}

const KEEP_ALIVE_MS = 10 * 60_000

/**
 * Starts an embedded GitHub on a free loopback port, empty but for the Actions App.
 *
 * @throws Node's error (`EADDRINUSE`, `EACCES`) when the port that was asked for cannot be had.
 */
export async function startLocalGitHub(options: LocalGitHubOptions = {}): Promise<LocalGitHub> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'local-github-')))
  const clock = new Clock(options.clock)
  const gitFolder = join(folder, 'git')
  const state = options.restoreFrom === undefined ? undefined : await readSnapshot(options.restoreFrom, gitFolder)
  const world = new World(clock, new GitStores(gitFolder), state)
  const behaviour: ServerBehaviour = {
    latency: options.latency ?? 0,
    beforeAnswer: options.beforeAnswer,
    knowsRunDetails: options.knowsRunDetails ?? true,
    freshRepositories: options.freshRepositories,
    onExchange: options.onExchange,
  }
  const server: ServerContext = {
    world,
    log: new RequestLog(),
    faults: new Faults(),
    limits: new RateLimits(clock, options.rateLimits),
    behaviour,
  }
  const http = createAdaptorServer({ fetch: createApp({ server, sessionOf: options.sessionOf ?? (() => 'one') }).fetch })
  // Node's own 5 seconds end a connection in the very moment in which a slow client asks by it again: its request would be lost.
  if ('keepAliveTimeout' in http) http.keepAliveTimeout = KEEP_ALIVE_MS
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${portOf(http.address())}`
  world.urls = { api: `${origin}${REST_ROOT}`, graphql: `${origin}${GRAPHQL_PATH}`, server: origin }
  return {
    apiUrl: world.urls.api,
    graphqlUrl: world.urls.graphql,
    serverUrl: origin,
    world,
    clock,
    behaviour,
    log: server.log,
    faults: server.faults,
    limits: server.limits,
    snapshot: (target) => writeSnapshot(target, { state: world.state, gitFolder }),
    async close() {
      if ('closeAllConnections' in http) http.closeAllConnections()
      await new Promise<void>((resolve) => http.close(() => resolve()))
      await world.events.settled()
      world.stores.close()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address.port
}

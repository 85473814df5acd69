import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { readViewer, type Viewer } from '../auth/viewer.ts'
import { PrimaryExceeded, primaryExceeded, type Resource, secondaryExceeded } from '../auth/rate-limits.ts'
import { laggingStore } from '../faults/lagging-store.ts'
import type { Fault, FaultKind } from '../faults/faults.ts'
import type { LogEntry } from '../log/request-log.ts'
import type { Repository } from '../world/types.ts'
import { type Answer, ok } from './answer.ts'
import { badCredentials, notFound, Problem } from './problem.ts'
import { renderAnswer, renderProblem } from './render.ts'
import type { RawCall, Route } from './route.ts'
import type { ServerContext } from './server-context.ts'
import { readApiVersion } from './versions.ts'

/** A request as it came off the wire. */
export interface Incoming {
  readonly request: Request
  readonly url: URL
  readonly bytes: Buffer
  readonly params: Readonly<Record<string, string>>
  readonly entry: LogEntry
  /** Cuts the connection: the client never sees an answer. */
  drop(): void
}

export type ServedRoute = Pick<Route, 'method' | 'path' | 'operation' | 'createsContent' | 'free' | 'needs' | 'run'> & {
  readonly resource: Resource
}

/** What the answer's headers tell, known or not when a request was refused. */
export interface Served {
  readonly route: ServedRoute
  readonly requestId: string
  viewer: Viewer
  apiVersion: string
}

/** Every API request takes this way: faults, who asks, version, limits, the handler, headers, the log. */
export async function serve(server: ServerContext, route: ServedRoute, incoming: Incoming): Promise<Response> {
  const { entry } = incoming
  const faults = server.faults.take({ method: entry.method, route: route.path, path: entry.path, operation: entry.operation })
  const served: Served = { route, requestId: newRequestId(), viewer: { kind: 'anonymous' }, apiVersion: '' }
  await wait(server.behaviour.latency + sum(faults.filter((fault) => fault.kind === 'latency')))
  await server.behaviour.beforeAnswer?.()
  await Promise.all(faults.flatMap(({ until }) => until ?? []))
  if (await isLostBefore(faults)) return lose(server, incoming, faults)
  const answer = await answerOf(server, { served, incoming, faults })
  if (has(faults, 'lost-answer-after')) return lose(server, incoming, faults)
  const response = await renderAnswer(server, { served, incoming, answer })
  server.log.end(entry, { status: response.status, responseBytes: Number(response.headers.get('content-length') ?? 0) })
  return response
}

interface Work {
  readonly served: Served
  readonly incoming: Incoming
  readonly faults: readonly Fault[]
}

async function answerOf(server: ServerContext, work: Work): Promise<Answer> {
  const { served, incoming, faults } = work
  try {
    const before = faults.find((fault) => fault.kind === 'error-before')
    if (before !== undefined) throw serverError(before)
    served.viewer = readViewer(server.world, incoming.request.headers.get('authorization'))
    served.apiVersion = readApiVersion(incoming.request.headers)
    refuseByFault(served.viewer, faults)
    chargeLimits(server, work)
    const answer = await served.route.run(rawCall(server, work))
    const after = faults.find((fault) => fault.kind === 'error-after')
    return after === undefined ? answer : renderProblem(serverError(after), served)
  } catch (error) {
    if (error instanceof PrimaryExceeded && served.route.resource === 'graphql') return renderLimited(error)
    if (error instanceof Problem) return renderProblem(error, served)
    // A bug of this server must not look like GitHub's weather: 500 with its own name on it.
    return renderProblem(
      new Problem(500, `The embedded GitHub failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
      served,
    )
  }
}

/** A spent GraphQL budget is HTTP 200. Source: docs.github.com, "Rate limits and query limits for the GraphQL API". */
const renderLimited = (error: PrimaryExceeded): Answer => ok({ errors: [{ type: 'RATE_LIMITED', message: error.message }] })

function chargeLimits(server: ServerContext, { served }: Work): void {
  const { route, viewer } = served
  if (route.free) return
  server.limits.charge(viewer, {
    resource: route.resource,
    cost: 1,
    contents: route.createsContent ? 1 : 0,
    writes: route.method !== 'GET',
  })
}

function rawCall(server: ServerContext, { served, incoming, faults }: Work): RawCall {
  const { world } = server
  const lags = has(faults, 'stale-head')
  return {
    server,
    world,
    viewer: served.viewer,
    params: incoming.params,
    url: incoming.url,
    headers: incoming.request.headers,
    apiVersion: served.apiVersion,
    bytes: incoming.bytes,
    git: (repository: Repository) => (lags ? laggingStore(world.stores.get(repository.id)) : world.stores.get(repository.id)),
  }
}

function refuseByFault(viewer: Viewer, faults: readonly Fault[]): void {
  if (has(faults, 'bad-credentials')) throw badCredentials()
  if (has(faults, 'not-found')) throw notFound()
  const primary = faults.find((fault) => fault.kind === 'rate-limit')
  if (primary !== undefined) throw primaryExceeded(viewer, { 'x-ratelimit-remaining': '0' })
  const secondary = faults.find((fault) => fault.kind === 'secondary-limit')
  if (secondary !== undefined) throw secondaryExceeded(Math.ceil((secondary.ms ?? 60_000) / 1000))
}

/** `timeout` holds the request and then cuts it, without an effect. */
async function isLostBefore(faults: readonly Fault[]): Promise<boolean> {
  const timeout = faults.find((fault) => fault.kind === 'timeout')
  await wait(timeout?.ms ?? 0)
  return timeout !== undefined || has(faults, 'lost-answer-before')
}

function lose(server: ServerContext, incoming: Incoming, faults: readonly Fault[]): Response {
  for (const { onLost } of faults) onLost?.()
  server.log.end(incoming.entry, { status: 0, responseBytes: 0 })
  incoming.drop()
  return new Response(null, { status: 499 })
}

const has = (faults: readonly Fault[], kind: FaultKind): boolean => faults.some((fault) => fault.kind === kind)
const sum = (faults: readonly Fault[]): number => faults.reduce((total, fault) => total + (fault.ms ?? 0), 0)
const serverError = (fault: Fault): Problem => new Problem(fault.status ?? 502, 'Server Error')
const wait = async (ms: number): Promise<void> => (ms > 0 ? sleep(ms) : undefined)

/** In GitHub's form: `C0DE:1A2B3C:4D5E6F:708192:65A0B1C2`. */
function newRequestId(): string {
  const hex = randomBytes(16).toString('hex').toUpperCase()
  return [hex.slice(0, 4), hex.slice(4, 10), hex.slice(10, 17), hex.slice(17, 24), hex.slice(24)].join(':')
}

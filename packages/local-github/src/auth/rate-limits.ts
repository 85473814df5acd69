import { Problem } from '../server/problem.ts'
import type { Clock } from '../world/clock.ts'
import type { Viewer } from './viewer.ts'

export type Resource = 'core' | 'graphql'

export interface RateLimitOptions {
  /** False: nothing is refused; the headers still count. */
  readonly enforced?: boolean
  readonly perHour?: Partial<Record<'job' | 'other' | 'anonymous', number>>
  readonly restPointsPerMinute?: number
  readonly graphqlPointsPerMinute?: number
  readonly contentPerMinute?: number
  readonly contentPerHour?: number
}

export interface Standing {
  readonly resource: Resource
  readonly limit: number
  readonly used: number
  readonly remaining: number
  /** Seconds since 1970. */
  readonly reset: number
}

interface Window {
  used: number
  /** Milliseconds since 1970. */
  endsAt: number
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** Source: docs.github.com, "Rate limits for the REST API" and "… for the GraphQL API". */
const defaults = {
  enforced: true,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2000,
  contentPerMinute: 80,
  contentPerHour: 500,
} as const
const perHour = { job: 1000, other: 5000, anonymous: 60 } as const

export interface Charge {
  readonly resource: Resource
  readonly cost: number
  readonly writes: boolean
  /** How many things it makes that others are told of. */
  readonly contents: number
}

/** Primary and secondary limits, each budget on its own: REST and GraphQL apart, a job's token per repository. */
export class RateLimits {
  readonly #clock: Clock
  readonly #windows = new Map<string, Window>()
  readonly #options: typeof defaults | RateLimitOptions
  readonly #perHour: Readonly<Record<'job' | 'other' | 'anonymous', number>>

  constructor(clock: Clock, options: RateLimitOptions = {}) {
    this.#clock = clock
    this.#options = { ...defaults, ...options }
    this.#perHour = { ...perHour, ...options.perHour }
  }

  standing(viewer: Viewer, resource: Resource): Standing {
    const limit = this.#perHour[classOf(viewer)]
    const { used, endsAt } = this.#window(`${budgetOf(viewer)} ${resource}`, HOUR_MS)
    return { resource, limit, used: Math.min(used, limit), remaining: Math.max(0, limit - used), reset: Math.ceil(endsAt / 1000) }
  }

  /** Counts a request, or refuses it with GitHub's 403 when a budget is spent. */
  charge(viewer: Viewer, charge: Charge): void {
    const primary = this.#window(`${budgetOf(viewer)} ${charge.resource}`, HOUR_MS)
    if (this.#isSpent(primary.used + charge.cost, this.#perHour[classOf(viewer)])) throw primaryExceeded(viewer)
    primary.used += charge.cost
    this.#chargeSecondary(viewer, charge)
  }

  /** Spends what is left: for faults and tests. */
  exhaust(viewer: Viewer, resource: Resource): void {
    this.#window(`${budgetOf(viewer)} ${resource}`, HOUR_MS).used = this.#perHour[classOf(viewer)]
  }

  #chargeSecondary(viewer: Viewer, charge: Charge): void {
    const { restPointsPerMinute = 0, graphqlPointsPerMinute = 0, contentPerMinute = 0, contentPerHour = 0 } = this.#options
    const points = this.#window(`${budgetOf(viewer)} ${charge.resource} points`, MINUTE_MS)
    points.used += charge.writes ? 5 : 1
    const limit = charge.resource === 'core' ? restPointsPerMinute : graphqlPointsPerMinute
    if (this.#isSpent(points.used, limit)) throw secondaryExceeded(this.#secondsLeft(points))
    if (charge.contents === 0) return
    const minute = this.#window(`${budgetOf(viewer)} content minute`, MINUTE_MS)
    const hour = this.#window(`${budgetOf(viewer)} content hour`, HOUR_MS)
    if (this.#isSpent(minute.used + charge.contents, contentPerMinute)) throw secondaryExceeded(this.#secondsLeft(minute))
    if (this.#isSpent(hour.used + charge.contents, contentPerHour)) throw secondaryExceeded(this.#secondsLeft(hour))
    minute.used += charge.contents
    hour.used += charge.contents
  }

  #isSpent(used: number, limit: number): boolean {
    return this.#options.enforced !== false && used > limit
  }

  #secondsLeft(window: Window): number {
    return Math.max(1, Math.ceil((window.endsAt - this.#clock.now()) / 1000))
  }

  #window(key: string, length: number): Window {
    const known = this.#windows.get(key)
    if (known !== undefined && known.endsAt > this.#clock.now()) return known
    const opened = { used: 0, endsAt: this.#clock.now() + length }
    this.#windows.set(key, opened)
    return opened
  }
}

function classOf(viewer: Viewer): 'job' | 'other' | 'anonymous' {
  if (viewer.kind === 'anonymous') return 'anonymous'
  return viewer.kind === 'token' && viewer.token.kind === 'job' ? 'job' : 'other'
}

function budgetOf(viewer: Viewer): string {
  if (viewer.kind === 'anonymous') return 'anonymous'
  if (viewer.kind === 'app') return `app ${viewer.app.id}`
  if (viewer.token.kind === 'job') return `repository ${viewer.token.repositories}`
  return viewer.token.installationId === undefined ? `user ${viewer.account.id}` : `installation ${viewer.token.installationId}`
}

const limitsPage = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api'

/** REST says so with 403, GraphQL with 200 and an error; the pipeline tells which. */
export class PrimaryExceeded extends Problem {}

/** `headers` say what the budget itself does not: a fault refuses while there is plenty left. */
export function primaryExceeded(viewer: Viewer, headers: Readonly<Record<string, string>> = {}): PrimaryExceeded {
  const whose =
    viewer.kind === 'token' && viewer.token.kind === 'installation'
      ? `installation ID ${viewer.token.installationId}`
      : viewer.kind === 'token'
        ? `user ID ${viewer.account.id}`
        : '127.0.0.1'
  return new PrimaryExceeded(403, `API rate limit exceeded for ${whose}.`, { documentation: limitsPage, headers })
}

export function secondaryExceeded(seconds: number): Problem {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
  return new Problem(403, message, { documentation: limitsPage, headers: { 'retry-after': String(seconds) } })
}

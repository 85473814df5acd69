import type { RateLimits } from '../auth/rate-limits.ts'
import type { Faults } from '../faults/faults.ts'
import type { RequestLog } from '../log/request-log.ts'
import type { Unready } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Exchange } from './exchange.ts'

export interface ServerBehaviour {
  /** Milliseconds added to every answer. */
  latency: number
  /** Awaited before every answer, behind the latency: what has to have happened until then. */
  readonly beforeAnswer: (() => Promise<void>) | undefined
  /** False: a dispatch with `return_run_details` is refused with 400, as by Enterprise Servers before 3.21. */
  knowsRunDetails: boolean
  /** How repositories made through the API answer at first; undefined: they are there at once. */
  freshRepositories: Unready | undefined
  /** Gets every request and its answer, for validation; never the authorization header. */
  onExchange: ((exchange: Exchange) => void | Promise<void>) | undefined
}

export interface ServerContext {
  readonly world: World
  readonly log: RequestLog
  readonly faults: Faults
  readonly limits: RateLimits
  readonly behaviour: ServerBehaviour
}

export const faultKinds = [
  'error-before',
  'error-after',
  'lost-answer-before',
  'lost-answer-after',
  'timeout',
  'stale-head',
  'not-found',
  'rate-limit',
  'secondary-limit',
  'latency',
  'hold',
  'bad-credentials',
] as const
export type FaultKind = (typeof faultKinds)[number]

export interface FaultMatch {
  readonly method?: string
  /** A route template, as the reference prints it, or a pattern for the path. */
  readonly route?: string | RegExp
  /** A GraphQL operation's name. */
  readonly operation?: string
  /** Only the nth request that matches the rest, counted from 1. */
  readonly nth?: number
}

/**
 * A fault on order.
 * `error-before` and `error-after`: 502 (or `status`) without or with the effect; `lost-answer-before` and `-after`: the connection
 * drops without or with the effect; `timeout`: no effect, and the connection drops after `ms`; `stale-head`: the request sees every
 * branch one commit back, as from a replica that lags; `not-found`: 404, as for a repository that was just made; `rate-limit` and
 * `secondary-limit`: GitHub's 403; `latency`: `ms` more;
 * `hold`: nothing happens before `until`; `bad-credentials`: 401.
 */
export interface Fault {
  readonly match: FaultMatch
  readonly kind: FaultKind
  /** How many requests it hits; 1 unless said. */
  readonly times?: number
  readonly status?: number
  readonly ms?: number
  /** What a request that is held waits for. */
  readonly until?: Promise<void>
  /** Called when an answer is lost, before the client can notice: to kill it just then. */
  readonly onLost?: () => void
}

export interface FaultSubject {
  readonly method: string
  readonly route: string
  readonly path: string
  readonly operation: string | undefined
}

interface Ordered {
  readonly fault: Fault
  left: number
  seen: number
}

/** The faults that were ordered. Each is used up by the requests it hits. */
export class Faults {
  #ordered: Ordered[] = []

  add(fault: Fault): void {
    this.#ordered.push({ fault, left: fault.times ?? 1, seen: 0 })
  }

  clear(): void {
    this.#ordered = []
  }

  /** How many hits are still owed. */
  pending(): number {
    return this.#ordered.reduce((sum, ordered) => sum + ordered.left, 0)
  }

  /** The faults that hit this request; counts it. */
  take(subject: FaultSubject): readonly Fault[] {
    const hits = this.#ordered.filter((ordered) => {
      if (ordered.left === 0 || !isMatch(ordered.fault.match, subject)) return false
      ordered.seen += 1
      if (ordered.fault.match.nth !== undefined && ordered.seen !== ordered.fault.match.nth) return false
      ordered.left -= 1
      return true
    })
    this.#ordered = this.#ordered.filter((ordered) => ordered.left > 0)
    return hits.map((ordered) => ordered.fault)
  }
}

function isMatch(match: FaultMatch, subject: FaultSubject): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== subject.method) return false
  if (match.operation !== undefined && match.operation !== subject.operation) return false
  if (match.route === undefined) return true
  return typeof match.route === 'string' ? match.route === subject.route || match.route === subject.path : match.route.test(subject.path)
}

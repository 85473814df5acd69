export interface LogEntry {
  readonly seq: number
  readonly session: string
  readonly method: string
  /** The route's template, or the path when no route matched. */
  readonly route: string
  readonly path: string
  /** The GraphQL operation's name. */
  operation: string | undefined
  /** 0 while it is under way, and for an answer that was lost. */
  status: number
  requestBytes: number
  responseBytes: number
  /** Milliseconds since 1970, by the machine's own clock: durations stay real while the embedded clock is turned. */
  readonly startedAt: number
  endedAt: number | undefined
  /** 1 + the greatest depth among the session's requests that had been answered when this one arrived. */
  readonly depth: number
}

export interface Arrival {
  readonly session: string
  readonly method: string
  readonly route: string
  readonly path: string
}

const tokens = /(gh[a-z]_[A-Za-z0-9]+|github_pat_\w+|eyJ[\w-]+\.[\w-]+\.[\w-]+)/g

/** Every request in order of arrival. It has no headers and no bodies, and what looks like a token is struck out of paths. */
export class RequestLog {
  #entries: LogEntry[] = []
  #seq = 0
  #answered = new Map<string, number>()

  begin(arrival: Arrival): LogEntry {
    this.#seq += 1
    const entry: LogEntry = {
      ...arrival,
      path: arrival.path.replaceAll(tokens, '***'),
      seq: this.#seq,
      operation: undefined,
      status: 0,
      requestBytes: 0,
      responseBytes: 0,
      startedAt: Date.now(),
      endedAt: undefined,
      depth: 1 + (this.#answered.get(arrival.session) ?? 0),
    }
    this.#entries.push(entry)
    return entry
  }

  end(entry: LogEntry, outcome: { readonly status: number; readonly responseBytes: number }): void {
    entry.status = outcome.status
    entry.responseBytes = outcome.responseBytes
    entry.endedAt = Date.now()
    // After a reset, what was under way before belongs to no measurement.
    if (this.#entries.includes(entry)) this.#answered.set(entry.session, Math.max(entry.depth, this.#answered.get(entry.session) ?? 0))
  }

  entries(): readonly LogEntry[] {
    return this.#entries
  }

  count(filter: (entry: LogEntry) => boolean = () => true): number {
    return this.#entries.filter(filter).length
  }

  /** How many round trips stood one after another. */
  depth(session?: string): number {
    return this.#entries
      .filter((entry) => session === undefined || entry.session === session)
      .reduce((most, entry) => Math.max(most, entry.depth), 0)
  }

  reset(): void {
    this.#entries = []
    this.#seq = 0
    this.#answered = new Map()
  }

  /** One line a request, for people. */
  lines(): readonly string[] {
    return this.#entries.map((entry) => {
      const name = entry.operation === undefined ? entry.path : `${entry.path} ${entry.operation}`
      const took = entry.endedAt === undefined ? 'under way' : `${entry.endedAt - entry.startedAt} ms`
      return `${entry.seq} @${entry.depth} ${entry.method} ${name} → ${entry.status === 0 ? 'no answer' : entry.status} (${took}, ${entry.responseBytes} B)`
    })
  }
}

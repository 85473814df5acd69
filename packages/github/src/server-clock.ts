/** GitHub's clock, as far as its answers tell. */
export interface ServerClock {
  /** ms to add to the local time. */
  readonly offsetMs: number
  /** Learns from one answer's `Date` header; `sentAt` and `receivedAt` are local, in ms since the epoch. */
  observe(date: string | undefined, sentAt: number, receivedAt: number): void
}

/**
 * `Date` has whole seconds, so an answer only says that GitHub's clock stood somewhere in that second while we waited.
 * The offset is the smallest that agrees with the latest answer: none at all for a local clock that may be right.
 */
export function createServerClock(): ServerClock {
  let offsetMs = 0
  return {
    get offsetMs() {
      return offsetMs
    },
    observe(date, sentAt, receivedAt) {
      const second = Date.parse(date ?? '')
      if (Number.isNaN(second)) return
      const lowest = second - receivedAt
      const highest = second + 999 - sentAt
      offsetMs = lowest > 0 ? lowest : Math.min(highest, 0)
    },
  }
}

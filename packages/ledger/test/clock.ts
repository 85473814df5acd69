import type { Ports } from '../src/index.ts'

/** A number generator with a seed (mulberry32): the same seed, the same chances. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Sleeper {
  readonly wakeAt: number
  readonly wake: () => void
}

/** Time that passes only when everybody sleeps: a simulation of seconds runs in milliseconds, in one order. */
export class VirtualClock {
  #now: number
  readonly #sleepers: Sleeper[] = []

  constructor(start = Date.UTC(2026, 10, 21)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  /** Moves the clock without waking anybody. */
  turn(ms: number): void {
    this.#now += ms
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ wakeAt: this.#now + ms, wake })
    })
  }

  /** Lets time pass until this is settled. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isSettled = false
    const settled = work.finally(() => {
      isSettled = true
    })
    settled.catch(() => undefined)
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      if (isSettled) return settled
      this.#wakeNext()
    }
  }

  #wakeNext(): void {
    this.#sleepers.sort((left, right) => left.wakeAt - right.wakeAt)
    const next = this.#sleepers.shift()
    if (!next) return
    this.#now = Math.max(this.#now, next.wakeAt)
    next.wake()
  }

  ports(seed = 1): Ports {
    return { now: () => this.now(), random: seededRandom(seed), sleep: (ms) => this.sleep(ms) }
  }
}

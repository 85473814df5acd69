export interface ClockOptions {
  /** Where the clock starts; the present by default. */
  readonly start?: Date
  /** A frozen clock moves only when it is turned. */
  readonly frozen?: boolean
}

/** The embedded GitHub's own time: `Date` headers, timestamps, token ages and rate limits follow it. */
export class Clock {
  readonly #frozen: boolean
  #offset: number

  constructor(options: ClockOptions = {}) {
    this.#frozen = options.frozen ?? false
    const start = options.start?.getTime() ?? Date.now()
    this.#offset = this.#frozen ? start : start - Date.now()
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#frozen ? this.#offset : Date.now() + this.#offset
  }

  /** The moment as GitHub writes it: UTC, whole seconds. */
  moment(): string {
    return toMoment(this.now())
  }

  advance(milliseconds: number): void {
    this.#offset += milliseconds
  }

  set(moment: Date): void {
    this.#offset = this.#frozen ? moment.getTime() : moment.getTime() - Date.now()
  }
}

export function toMoment(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

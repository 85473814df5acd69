import { UserError } from '@switchyard/core'
import { decidePause } from '@switchyard/planning/tree'
import type { Door } from '../door.ts'

/** GitHub's hour is used up: whoever goes on later finds room. */
export class HourFull extends UserError {
  /** When there is room again, ms since the epoch. */
  readonly resumesAt: number

  constructor(resumesAt: number) {
    super('HOUR_FULL', 'GitHub takes 500 new issues an hour; the rest follows by itself.', {
      hint: 'The next sweep goes on with it.',
      retryPolicy: 'after-wait',
    })
    this.resumesAt = resumesAt
  }
}

/** Keeps creations, and what is written with them, under GitHub's secondary limits: 80 a minute and 500 an hour. */
export class Pace {
  readonly #door: Door
  readonly #createdAt: number[]

  /** `createdAt`: of what was written before, ms since the epoch by GitHub's clock. */
  constructor(door: Door, createdAt: readonly number[]) {
    this.#door = door
    this.#createdAt = [...createdAt]
  }

  /** @throws {HourFull} The next hour goes on with what is left. */
  async wait(count: number): Promise<void> {
    const { given, connection } = this.#door
    const now = connection.serverNow()
    const { ms, isHourFull } = decidePause({ createdAt: this.#createdAt, now, count })
    if (isHourFull) throw new HourFull(now + ms)
    if (ms > 0) await given.io.sleep(ms)
  }

  note(count: number): void {
    const now = this.#door.connection.serverNow()
    for (let at = 0; at < count; at += 1) this.#createdAt.push(now)
  }
}

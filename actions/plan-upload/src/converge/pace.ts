import { UserError } from '@switchyard/core'
import { decidePause } from '@switchyard/planning/tree'
import type { Door } from '../door.ts'

/** Keeps creations under GitHub's secondary limits: 80 a minute and 500 an hour. */
export class Pace {
  readonly #door: Door
  readonly #createdAt: number[] = []

  constructor(door: Door) {
    this.#door = door
  }

  /** @throws {UserError} `HOUR_FULL`: the next hour goes on with what is left. */
  async wait(count: number): Promise<void> {
    const { io } = this.#door.given
    const { ms, isHourFull } = decidePause({ createdAt: this.#createdAt, now: io.now(), count })
    if (isHourFull) {
      throw new UserError('HOUR_FULL', 'GitHub takes 500 new issues an hour; the rest follows by itself.', {
        hint: 'The next sweep goes on with it, or `/plan materialise`.',
        retryPolicy: 'after-wait',
      })
    }
    if (ms > 0) await io.sleep(ms)
  }

  note(count: number): void {
    const now = this.#door.given.io.now()
    for (let at = 0; at < count; at += 1) this.#createdAt.push(now)
  }
}

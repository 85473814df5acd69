import { UserError } from '@switchyard/core'
import { decidePause } from '@switchyard/planning/tree'
import type { Door } from '../door.ts'

/** How long one run waits for the hour to empty, in ms: a runner is billed while it waits. */
const MAX_PAUSE_MS = 90_000

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
    const pause = decidePause(this.#createdAt, { now: io.now(), count })
    if (pause > MAX_PAUSE_MS) {
      throw new UserError('HOUR_FULL', 'GitHub takes 500 new issues an hour; the rest follows by itself.', {
        hint: 'The next sweep goes on with it, or `/plan materialise`.',
        retryPolicy: 'after-wait',
      })
    }
    if (pause > 0) await io.sleep(pause)
  }

  note(count: number): void {
    const now = this.#door.given.io.now()
    for (let at = 0; at < count; at += 1) this.#createdAt.push(now)
  }
}

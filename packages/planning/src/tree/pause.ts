import { InternalError } from '@switchyard/core'

/** Ours, below GitHub's 80 content-generating requests a minute and 500 an hour. Source: REST and GraphQL rate limits. */
export const MINUTE_LIMIT = 75
export const HOUR_LIMIT = 480

const MINUTE = 60_000
const HOUR = 3_600_000

export interface Pause {
  /** How long to wait, in milliseconds; 0: go on. */
  readonly ms: number
  /** Whether it is the hour that is full: too long to sit out, so the run ends and is taken up again. */
  readonly isHourFull: boolean
}

export interface PauseInput {
  /** When something was created, in milliseconds, in any order; whatever else counts as a content write belongs here, too. */
  readonly createdAt: readonly number[]
  readonly now: number
  /** How many are to be created next, at most {@link MINUTE_LIMIT}. */
  readonly count: number
}

/** How long to wait so that no 60 seconds hold more than 75 creations and no hour more than 480, whenever either begins. */
export function decidePause({ createdAt, now, count }: PauseInput): Pause {
  if (count > MINUTE_LIMIT) throw new InternalError(`${count} creations at once are more than a minute takes`)
  // A clock that went back must not make a run wait for hours.
  const times = createdAt.map((at) => Math.min(at, now)).sort((left, right) => left - right)
  const minute = freeFrom(times, MINUTE_LIMIT - count) + MINUTE - now
  const hour = freeFrom(times, HOUR_LIMIT - count) + HOUR - now
  return { ms: Math.max(0, minute, hour), isHourFull: hour > Math.max(0, minute) }
}

/** The time that has to lie a whole window back before only `room` of the times are in it. */
function freeFrom(times: readonly number[], room: number): number {
  return times[times.length - 1 - room] ?? Number.NEGATIVE_INFINITY
}

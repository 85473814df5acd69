/** Waits before the 2nd, 3rd, … try, in ms: each is drawn evenly between 0 and the step (full jitter). */
export const RETRY_STEPS_MS = [100, 200, 400, 800, 1_600] as const

/**
 * How long to wait before the next try, in ms. `chance` is a number from 0 (included) to 1 (not included), `steps` the
 * upper ends, the last of which holds for all further tries.
 */
export function fullJitter(attempt: number, chance: number, steps: readonly number[] = RETRY_STEPS_MS): number {
  const step = steps[Math.min(attempt, steps.length - 1)] ?? 0
  return Math.floor(step * chance)
}

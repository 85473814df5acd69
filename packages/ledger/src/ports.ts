/** What the world is asked for: never a global, so that tests turn the clock and the dice. */
export interface Ports {
  /** ms since the epoch, corrected by GitHub's `Date` header once an answer was seen. */
  now(): number
  /** From 0 (included) to 1 (not included). */
  random(): number
  sleep(ms: number): Promise<void>
}

/**
 * Upper ends of the waits before the 2nd, 3rd, … try of a commit, in round trips. A try can only be spoilt by another commit within
 * about one round trip, so what counts is how many tries fall into one: the second window is for a handful of writers, and who
 * loses again has to reckon with a crowd.
 */
const WINDOWS = [6, 48, 64] as const

/** What a round trip is taken for when it was measured as less or more: ms. */
const ROUND_TRIP_MS = { least: 10, most: 1_000 } as const

/** How long to wait before the next try, in ms: drawn evenly from a window that grows with the tries that were lost (full jitter). */
export function contentionWait(lost: number, roundTripMs: number, chance: number): number {
  const window = WINDOWS[Math.min(lost, WINDOWS.length) - 1] ?? 0
  const roundTrip = Math.min(Math.max(roundTripMs, ROUND_TRIP_MS.least), ROUND_TRIP_MS.most)
  return Math.round(window * roundTrip * chance)
}

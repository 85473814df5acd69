import { hashOf } from '@switchyard/core'

interface Turn {
  /** Counts the sweeps that ran; it may leave numbers out. */
  readonly turn: number
  /** Of how many at the most the part is. */
  readonly max: number
}

/**
 * The part of all whose turn it is, with nothing remembered. As many turns as there are parts make a round, in which each comes once;
 * where a round begins is as good as drawn by lot, so that no step from turn to turn keeps missing the same part.
 */
export function takeTurn<One>(all: readonly One[], { turn, max }: Turn): readonly One[] {
  const parts = countTurns(all, max)
  const first = ((turn + drawLot(Math.floor(turn / parts), parts)) % parts) * max
  return all.slice(first, first + max)
}

/** In how many turns all of them come. */
export function countTurns(all: readonly unknown[], max: number): number {
  return Math.max(1, Math.ceil(all.length / max))
}

/** A number below `parts` for each round: always the same one, and none that follows from the others. */
function drawLot(round: number, parts: number): number {
  return Number.parseInt(hashOf({ round, parts }).slice(0, 8), 16) % parts
}

import type { BodyEdit, Flip, Tick } from './read-ticks.ts'

export interface ChosenTicks {
  readonly taken: readonly Tick[]
  /** Perhaps meant, perhaps only not seen as they were: these are left as the ledger has them, and whoever edited is told. */
  readonly left: readonly Tick[]
}

/**
 * Which flips of an edit are meant. Whoever clicks sends a whole body, perhaps one that others' ticks and a redraw have overtaken:
 * a box that differs from how the edited board was drawn was flipped by somebody; one that is as drawn was perhaps only not seen.
 * So the only flip on the board as it stands counts whatever it is; among several, those do that differ from the drawing; and of a
 * board drawn anew meanwhile, several unticks do not, since they may be older than what the ledger has.
 */
export function chooseTicks({ flips, isOfOtherDrawing }: BodyEdit, isDone: (tick: Tick) => boolean): ChosenTicks {
  if (!isOfOtherDrawing && flips.length === 1) return { taken: flips.map(toTick), left: [] }
  const open = flips.filter((flip) => flip.checked !== isDone(flip))
  const meant = open.filter((flip) => isMeant(flip, isOfOtherDrawing))
  const taken = isOfOtherDrawing && meant.length > 1 ? meant.filter(({ checked }) => checked) : meant
  const unsure = isOfOtherDrawing ? meant : taken.length === 0 ? open : []
  const left = unsure.filter((flip) => !taken.includes(flip))
  return { taken: taken.map(toTick), left: left.map(toTick) }
}

/** Where the edited drawing is not known, a tick is the lesser harm. */
function isMeant({ checked, drawn }: Flip, isOfOtherDrawing: boolean): boolean {
  if (drawn === undefined) return checked || !isOfOtherDrawing
  return checked !== drawn
}

function toTick({ address, step, checked }: Flip): Tick {
  return { address, step, checked }
}

import type { Category } from '../model.ts'
import type { Anchor } from './records/parts.ts'

interface Placeable {
  readonly id: string
  readonly category: Category
}

export interface Anchored<Of> {
  readonly anchor: Anchor | null
  readonly step: Of
}

/**
 * Customs follow what they are anchored to, whichever of them was added first; those whose anchor is gone, is of the other category,
 * or that have none, end their category in the order in which they were added.
 */
export function placeCustoms<Of extends Placeable>(templates: readonly Of[], customs: readonly Anchored<Of>[]): readonly Of[] {
  const placed = [...templates]
  const waiting = new Map(customs.map((custom) => [custom.step.id, custom]))
  while (waiting.size > 0) {
    const [first, ...others] = waiting.values()
    const isReady = ({ anchor }: Anchored<Of>): boolean => anchor === null || !waiting.has(anchor.step)
    // Those that follow each other in a circle: it is cut at the one that was added first.
    const next = first === undefined || isReady(first) ? first : (others.find(isReady) ?? first)
    if (next === undefined) break
    waiting.delete(next.step.id)
    placed.splice(findPlace(placed, next), 0, next.step)
  }
  return placed
}

function findPlace(placed: readonly Placeable[], { anchor, step }: Anchored<Placeable>): number {
  const at = anchor === null ? -1 : placed.findIndex(({ id, category }) => id === anchor.step && category === step.category)
  if (at >= 0) return anchor?.position === 'before' ? at : at + 1
  const last = placed.findLastIndex(({ category }) => category === step.category)
  if (last >= 0) return last + 1
  const verify = placed.findIndex(({ category }) => category === 'verify')
  return step.category === 'deploy' && verify >= 0 ? verify : placed.length
}

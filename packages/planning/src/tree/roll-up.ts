/** An issue above the one that changed, the nearest first, with its sub-issues as they are now. */
export interface Ancestor {
  readonly number: number
  readonly isOpen: boolean
  /** Without a number: an issue of another repository, or one that nobody may see here. It counts as any other. */
  readonly children: readonly { readonly number: number | undefined; readonly isOpen: boolean; readonly isDone: boolean }[]
}

/** What becomes of an ancestor. `isDone`: closed as done; else as not planned, as all below it was. */
export type RollupStep =
  | { readonly kind: 'close'; readonly number: number; readonly isDone: boolean }
  | { readonly kind: 'reopen'; readonly number: number }

export interface RolledUp {
  /** The issue that was closed or opened again. */
  readonly changed: { readonly number: number; readonly isOpen: boolean; readonly isDone: boolean }
  readonly above: readonly Ancestor[]
  /** Which of them are the plan's: others are nobody's to close here, and end the walk. */
  readonly isOurs: (number: number) => boolean
}

/**
 * A parent is closed when its last open child was, and opened again when a child is; so on upwards. GitHub does neither. Source: plan
 * contract. A parent that somebody closed with open children stays as it is until one of them is opened again.
 */
export function decideRollup({ changed, above, isOurs }: RolledUp): readonly RollupStep[] {
  const steps: RollupStep[] = []
  let below = changed
  for (const parent of above) {
    if (!isOurs(parent.number)) break
    // What was read may lag behind the event itself.
    const children = parent.children.map((child) => (child.number === below.number ? below : child))
    if (below.isOpen) {
      if (parent.isOpen) break
      steps.push({ kind: 'reopen', number: parent.number })
      below = { number: parent.number, isOpen: true, isDone: false }
      continue
    }
    if (!parent.isOpen || children.some(({ isOpen }) => isOpen)) break
    const isDone = children.some((child) => child.isDone)
    steps.push({ kind: 'close', number: parent.number, isDone })
    below = { number: parent.number, isOpen: false, isDone }
  }
  return steps
}

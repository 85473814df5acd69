/** Who holds a group and who waits for it, in order. */
export interface Group {
  readonly holder: string
  readonly waiting: readonly string[]
}

export interface Entry {
  readonly id: string
  readonly queue: 'single' | 'max'
  readonly cancelInProgress: boolean
}

export interface EntryDecision {
  readonly group: Group
  /** Who has to end, the newcomer itself among them when there is no room. */
  readonly cancels: readonly string[]
}

/** How many may wait under `queue: max`; the next one is cancelled. Source: github-facts 7.6. */
export const MOST_WAITING = 100

/** Decides what becomes of somebody who wants a group. Source: docs.github.com, "Control the concurrency of workflows and jobs". */
export function decideEntry(group: Group | undefined, { id, queue, cancelInProgress }: Entry): EntryDecision {
  if (group === undefined) return { group: { holder: id, waiting: [] }, cancels: [] }
  if (cancelInProgress) return { group: { holder: group.holder, waiting: [id] }, cancels: [...group.waiting, group.holder] }
  if (queue === 'single') return { group: { holder: group.holder, waiting: [id] }, cancels: group.waiting }
  if (group.waiting.length >= MOST_WAITING) return { group, cancels: [id] }
  return { group: { holder: group.holder, waiting: [...group.waiting, id] }, cancels: [] }
}

/** The group once somebody has left it; undefined when nobody is left. */
export function decideLeave(group: Group, id: string): Group | undefined {
  if (group.holder !== id) return { ...group, waiting: group.waiting.filter((other) => other !== id) }
  const [next, ...waiting] = group.waiting
  return next === undefined ? undefined : { holder: next, waiting }
}

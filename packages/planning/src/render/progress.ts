import type { Counts } from './bar.ts'
import type { Item } from './items.ts'

/** Items below one that tasks are counted for: a story, a part of one, or whatever else has tasks of its own. */
export interface Group {
  readonly item: Item
  readonly tasks: readonly Item[]
  readonly counts: Counts
}

/** How far a plan is: what was dropped or closed as not planned is neither done nor to be done, and holds nothing up. */
export interface PlanProgress {
  /** Items at the top, as the epic. */
  readonly tops: readonly Item[]
  readonly groups: readonly Group[]
  /** Tasks that stand under nothing, since their parents took no more. */
  readonly loose: readonly Item[]
  readonly counts: Counts
  readonly dropped: number
  /** Closed as not planned, and not among those that are counted. */
  readonly skipped: number
  /** Deleted, or moved away: not counted either, and without a page. */
  readonly gone: readonly Item[]
  /** Whether there was something to do, and nothing of it is left. */
  readonly isFinished: boolean
  /** Open items that wait for open ones, in the plan's order. */
  readonly blocked: readonly { readonly item: Item; readonly blockers: readonly Item[] }[]
  /** Tasks that can be begun now. */
  readonly ready: readonly Item[]
  /** The longest chain of undone tasks, each waiting for the one before; empty where none waits. */
  readonly critical: readonly Item[]
}

/** How far a plan is: what counts, what is done, what can be begun, what waits, and the longest chain of what is open. */
export function decideProgress(items: readonly Item[]): PlanProgress {
  const live = items.filter(({ state }) => state !== 'dropped')
  const byKey = new Map(live.map((item) => [item.key, item]))
  const children = Map.groupBy(live, ({ parent }) => parent)
  const groups = live
    .filter(({ key, level }) => level === 'story' || (level === 'epic' && children.get(key)?.some((child) => child.level === 'task')))
    .map((item) => {
      const tasks = (children.get(item.key) ?? []).filter(({ level }) => level === 'task')
      return { item, tasks, counts: countDone(countedOf([{ item, tasks }])) }
    })
  const isLoose = ({ level, parent }: Item): boolean => level === 'task' && (parent === undefined || !byKey.has(parent))
  const loose = live.filter(isLoose)
  // A story without tasks is work itself, unless it is waiting for those that it did not take.
  const counted = [...countedOf(loose.length === 0 ? groups : groups.filter(({ tasks }) => tasks.length > 0)), ...loose]
  const blockersOf = (item: Item): readonly Item[] => [...new Set(item.blockedBy)].flatMap((key) => byKey.get(key) ?? []).filter(isUndone)
  const undone = live.filter(isUndone).map((item) => ({ item, blockers: blockersOf(item) }))
  const counts = countDone(counted)
  return {
    tops: live.filter((item) => (item.parent === undefined || !byKey.has(item.parent)) && !isLoose(item)),
    groups,
    loose,
    counts,
    isFinished: counts.done > 0 && counts.done === counts.total,
    dropped: items.length - live.length,
    skipped: counted.filter(({ state }) => state === 'skipped').length,
    gone: live.filter(({ state }) => state === 'gone'),
    blocked: undone.filter(({ blockers }) => blockers.length > 0),
    ready: undone.filter(({ item, blockers }) => item.level === 'task' && blockers.length === 0).map(({ item }) => item),
    critical: findLongest(undone),
  }
}

interface Waiting {
  readonly item: Item
  readonly blockers: readonly Item[]
}

/** The longest chain; of equal ones that which ends first in the plan. What waits in a circle is left out. */
function findLongest(waiting: readonly Waiting[]): readonly Item[] {
  const left = new Map(waiting.map(({ item, blockers }) => [item.key, blockers.length]))
  const waits = waiting.flatMap(({ item, blockers }) => blockers.map(({ key }) => ({ item, key })))
  const followers = Map.groupBy(waits, ({ key }) => key)
  const before = new Map<string, { readonly length: number; readonly item: Item | undefined }>()
  const queue = waiting.filter(({ blockers }) => blockers.length === 0).map(({ item }) => item)
  for (const item of queue) before.set(item.key, { length: 1, item: undefined })
  for (const item of queue) {
    const length = (before.get(item.key)?.length ?? 0) + 1
    for (const { item: follower } of followers.get(item.key) ?? []) {
      if (length > (before.get(follower.key)?.length ?? 0)) before.set(follower.key, { length, item })
      const open = (left.get(follower.key) ?? 0) - 1
      left.set(follower.key, open)
      if (open === 0) queue.push(follower)
    }
  }
  const reached = new Set(queue)
  const ends = waiting.map(({ item }) => item).filter((item) => reached.has(item) && (before.get(item.key)?.length ?? 0) > 1)
  const longest = Math.max(0, ...ends.map(({ key }) => before.get(key)?.length ?? 0))
  const chain: Item[] = []
  let item = ends.find(({ key }) => before.get(key)?.length === longest)
  while (item !== undefined) {
    chain.unshift(item)
    item = before.get(item.key)?.item
  }
  return chain
}

function isUndone({ state }: Item): boolean {
  return state !== 'done' && state !== 'skipped' && state !== 'gone'
}

/** A story without tasks is one piece of work itself. */
function countedOf(groups: readonly Pick<Group, 'item' | 'tasks'>[]): readonly Item[] {
  return groups.flatMap(({ item, tasks }) => (tasks.length === 0 ? [item] : tasks))
}

function countDone(items: readonly Item[]): Counts {
  const left = items.filter(({ state }) => state !== 'skipped' && state !== 'gone')
  return { done: left.filter(({ state }) => state === 'done').length, total: left.length }
}

import type { PlanIssue } from './model.ts'

export interface StatusInput {
  /** The plan's issues, in its order. */
  readonly items: readonly PlanIssue[]
  /** By key; an issue without one is not made yet, or gone, and counts as open. */
  readonly states: ReadonlyMap<string, { readonly isOpen: boolean }>
}

export interface Progress {
  readonly done: number
  readonly total: number
}

export interface PlanStatus extends Progress {
  /** In the plan's order; a part is a story of its own. Done and total count its tasks. */
  readonly stories: readonly (Progress & { readonly key: string; readonly title: string; readonly isOpen: boolean })[]
  /** Open issues that wait for open ones, in the plan's order. */
  readonly blocked: readonly { readonly key: string; readonly blockers: readonly string[] }[]
  /** The longest chain of open issues, each blocking the next; of several the one that the plan names first. */
  readonly criticalPath: readonly string[]
}

/** How far a plan is. Counted are its tasks, and a story without tasks as one. */
export function statusOf({ items, states }: StatusInput): PlanStatus {
  const isOpen = ({ key }: PlanIssue): boolean => states.get(key)?.isOpen ?? true
  const children = Map.groupBy(items, ({ parent }) => parent)
  const progress = (issues: readonly PlanIssue[]): Progress => ({
    done: issues.filter((issue) => !isOpen(issue)).length,
    total: issues.length,
  })
  const stories = items.filter(({ level }) => level === 'story')
  const counted = items.filter(({ key, level }) => level === 'task' || (level === 'story' && !children.has(key)))
  const open = items.filter(isOpen)
  const openKeys = new Set(open.map(({ key }) => key))
  const waiting = open.map(({ key, dependsOn }) => ({ key, blockers: dependsOn.filter((blocker) => openKeys.has(blocker)) }))
  return {
    ...progress(counted),
    stories: stories.map((story) => ({
      key: story.key,
      title: story.title,
      isOpen: isOpen(story),
      ...progress(children.get(story.key) ?? [story]),
    })),
    blocked: waiting.filter(({ blockers }) => blockers.length > 0),
    criticalPath: findLongestChain(waiting),
  }
}

interface Waiting {
  readonly key: string
  readonly blockers: readonly string[]
}

/** Issues of a circle, which no plan that was read has, are in no chain. */
function findLongestChain(waiting: readonly Waiting[]): readonly string[] {
  const chains = new Map<string, Chain>()
  const left = new Map(waiting.map(({ key, blockers }) => [key, blockers.length]))
  const blocks = Map.groupBy(
    waiting.flatMap(({ key, blockers }) => blockers.map((blocker) => ({ key, blocker }))),
    ({ blocker }) => blocker,
  )
  const blockersOf = new Map(waiting.map(({ key, blockers }) => [key, blockers]))
  const ready = waiting.filter(({ blockers }) => blockers.length === 0).map(({ key }) => key)
  for (const key of ready) {
    const longest = (blockersOf.get(key) ?? []).reduce<Chain | undefined>((found, blocker) => longer(found, chains.get(blocker)), undefined)
    const chain = { key, length: (longest?.length ?? 0) + 1, before: longest }
    chains.set(key, chain)
    for (const { key: next } of blocks.get(key) ?? []) {
      const count = (left.get(next) ?? 0) - 1
      left.set(next, count)
      if (count === 0) ready.push(next)
    }
  }
  const best = waiting.reduce<Chain | undefined>((found, { key }) => longer(found, chains.get(key)), undefined)
  return best === undefined || best.length < 2 ? [] : keysOf(best)
}

function keysOf(chain: Chain): readonly string[] {
  const keys: string[] = []
  for (let at: Chain | undefined = chain; at; at = at.before) keys.push(at.key)
  return keys.reverse()
}

interface Chain {
  readonly key: string
  readonly length: number
  readonly before: Chain | undefined
}

function longer(found: Chain | undefined, other: Chain | undefined): Chain | undefined {
  return other && other.length > (found?.length ?? 0) ? other : found
}

import type { PlanEventOf } from './records/events.ts'
import type { ItemChange, Progress, TreeItem } from './records/parts.ts'

/** Numbers of issues that are closed, sorted. */
export interface Closed {
  readonly done: readonly number[]
  readonly not_planned: readonly number[]
}

/** What changes which of an idea's issues are closed. */
export type ItemEvent = PlanEventOf<'plan.converged' | 'plan.item-closed' | 'plan.item-reopened'>

/** How far an idea is: its leaves, and how many of all its issues are open. `gone`: how many of them are. */
export function progressOf({ leaves, items }: Tree, closed: Closed, gone = 0): Progress {
  const { done, not_planned } = keepKnown(closed, items)
  return { ...countProgress(leaves, closed), open: items.length - done.length - not_planned.length, ...(gone > 0 && { gone }) }
}

interface Tree {
  readonly leaves: readonly number[]
  /** Numbers of all its issues. */
  readonly items: readonly number[]
}

/** How many of these issues are closed as done and as not planned, and how many there are. */
export function countProgress(leaves: readonly number[], { done, not_planned }: Closed): Omit<Progress, 'open'> {
  const counted = new Set(leaves)
  const count = (numbers: readonly number[]): number => numbers.filter((number) => counted.has(number)).length
  return { done: count(done), not_planned: count(not_planned), total: leaves.length }
}

/** What is closed after an event. */
export function evolveClosed(closed: Closed, event: ItemEvent): { done: number[]; not_planned: number[] } {
  switch (event.type) {
    case 'plan.item-closed':
      return withItem(closed, { number: event.data.number, now: event.data.is_planned ? 'done' : 'not_planned' })
    case 'plan.item-reopened':
      return withItem(closed, { number: event.data.number, now: 'open' })
    case 'plan.converged':
      return withItems(keepKnown(closed, Object.values(itemsOf(event.data))), event.data.states)
  }
}

/** What is closed after a change to one issue: it stands in one of the lists at most. */
export function withItem({ done, not_planned }: Closed, { number, now }: ItemChange): { done: number[]; not_planned: number[] } {
  return { done: place(done, number, now === 'done'), not_planned: place(not_planned, number, now === 'not_planned') }
}

/** Which of its issues are gone after an event; undefined: none ever was. */
export function evolveGone({ gone }: { readonly gone?: readonly number[] | undefined }, event: ItemEvent): { gone?: number[] } {
  switch (event.type) {
    case 'plan.item-closed':
    case 'plan.item-reopened': {
      const isGone = event.type === 'plan.item-closed' && event.data.is_gone === true
      return gone === undefined && !isGone ? {} : { gone: place(gone ?? [], event.data.number, isGone) }
    }
    case 'plan.converged': {
      return gone === undefined ? {} : { gone: keepGone(gone, { items: Object.values(itemsOf(event.data)), states: event.data.states }) }
    }
  }
}

interface Seen {
  readonly items: readonly number[]
  /** What was closed, opened again or found there. */
  readonly states: readonly ItemChange[] | undefined
}

/** Which are gone still: of what the plan has, what nothing was seen of. */
export function keepGone(gone: readonly number[], { items, states = [] }: Seen): number[] {
  const [known, seen] = [new Set(items), new Set(states.map(({ number }) => number))]
  return gone.filter((number) => known.has(number) && !seen.has(number))
}

/** What is closed after changes one after another; of one issue the last counts. */
export function withItems(closed: Closed, changes: readonly ItemChange[] = []): { done: number[]; not_planned: number[] } {
  const { done, not_planned } = changes.reduce(withItem, closed)
  return { done: [...done], not_planned: [...not_planned] }
}

/** While issues are made, nobody knows yet which are the plan's: closed ones are kept until then. */
export function keepKnown({ done, not_planned }: Closed, numbers: readonly number[]): { done: number[]; not_planned: number[] } {
  const known = new Set(numbers)
  return { done: done.filter((number) => known.has(number)), not_planned: not_planned.filter((number) => known.has(number)) }
}

function place(numbers: readonly number[], number: number, isIn: boolean): number[] {
  const others = numbers.filter((other) => other !== number)
  return isIn ? [...others, number].sort((left, right) => left - right) : others
}

/** All issues that are ours, by key: the plan's, and those that it has no more. */
export function itemsOf({ tree, dropped }: PlanEventOf<'plan.converged'>['data']): Record<string, number> {
  const standing = tree.flatMap(([key, , , number]) => (number === null ? [] : [[key, number] as const]))
  return { ...dropped, ...Object.fromEntries(standing) }
}

/** Numbers of a tree's issues that have no children. */
export function leavesOf(tree: readonly TreeItem[]): number[] {
  const parents = new Set(tree.map(([, , parent]) => parent))
  return tree.flatMap(([, , , number], at) => (number === null || parents.has(at) ? [] : [number]))
}

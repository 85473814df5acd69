import type { AppliedIssue, ItemChange, RollupStep, SeenIssue } from '@switchyard/planning'
import { decideRollup } from '@switchyard/planning'
import { findTouchedParents } from '@switchyard/planning/tree'
import { drawParents } from '../draw-parents.ts'
import { type Change, toChange, withChange } from '../item-changes.ts'
import type { Making } from './making.ts'

interface Changed {
  readonly after: readonly AppliedIssue[]
  /** As they were before. */
  readonly seen: readonly SeenIssue[]
}

/**
 * Closes and opens again what stands above the issues that were dropped, made or moved: of what this token itself does, no workflow
 * hears. Where no parent has to follow, it asks nothing. Returns which did, for the ledger to know.
 */
export async function followParents({ target, applied, notes }: Making, { after, seen }: Changed): Promise<readonly ItemChange[]> {
  const touched = findTouchedParents({ before: applied, after, seen })
  if (touched.length === 0) return []
  const followed: ItemChange[] = []
  const { readFamilies, drawInOrder } = await import('@switchyard/github/operations')
  const numbers = touched.map(({ number }) => number)
  const families = await readFamilies(target.github, target, numbers)
  const ours = new Set(after.flatMap(({ number, isDropped }) => (isDropped ? [] : [number])))
  // What was read may lag behind what was done just now.
  const now = new Map<number, Change>(
    after.flatMap(({ number, isDropped }) => (isDropped ? [[number, { number, isOpen: false, isDone: false }]] : [])),
  )
  for (const { number, isOpen } of touched) {
    const family = families.get(number)
    if (family === undefined) continue
    const changed = { ...family, ...now.get(number), isOpen }
    const above = family.above.map((parent) => ({
      ...withChange(parent, now),
      children: parent.children.map((child) => withChange(child, now)),
    }))
    const steps = decideRollup({ changed, above, isOurs: (each) => ours.has(each) })
    for (const step of steps) now.set(step.number, toChange(step))
    const drawn = await drawInOrder(target.github, await drawParents({ ...changed, above }, steps))
    const refused = drawn.find((message) => message !== undefined)
    if (refused === undefined) followed.push(...steps.map(toItemChange))
    else notes.push(`GitHub refused to have the parents of #${number} follow it: ${refused}`)
  }
  return followed
}

function toItemChange(step: RollupStep): ItemChange {
  const { number } = step
  return { number, now: step.kind === 'reopen' ? 'open' : step.isDone ? 'done' : 'not_planned' }
}

/** What the plan dropped, and what it has again: by this run, or by one that it took over. */
export function statesOf(before: readonly AppliedIssue[], after: readonly AppliedIssue[]): readonly ItemChange[] {
  const wasDropped = new Map(before.map(({ number, isDropped }) => [number, isDropped]))
  return after.flatMap(({ number, isDropped }) =>
    (wasDropped.get(number) ?? false) === isDropped ? [] : [{ number, now: isDropped ? 'not_planned' : 'open' }],
  )
}

import type { TreeIssue } from '@switchyard/github/operations'
import { decideRollup, type Idea, type RollupStep } from '@switchyard/planning'
import type { CatchUp } from '@switchyard/planning/tree'
import type { Door, PlanLoaded } from './door.ts'
import { drawAll } from './draw-answers.ts'
import { drawParents } from './draw-parents.ts'
import { type Change, isItemOf, recordChanges, toChange, withChange } from './item-changes.ts'
import { recordGone } from './record-gone.ts'
import type { TargetSeen } from './target.ts'

export interface Reconciling {
  readonly subject: string
  readonly idea: Idea
  readonly loaded: PlanLoaded
  readonly target: TargetSeen
  /** The plan's issues as GitHub has them now, by number; the target's other ideas' may be among them. */
  readonly seen: ReadonlyMap<number, TreeIssue>
  /** Whether no run can be at work on it: what the ledger has and GitHub has not was lost. */
  readonly isQuiet: boolean
  /** Asked before the first change. @throws {UserError} where the target takes nothing of ours any more. */
  readonly requireConsent: () => Promise<void>
}

export interface Reconciled {
  /** How many had changed unnoticed, or did not follow. */
  readonly count: number
  /** What became of each, or would become of it in a dry run. */
  readonly told: readonly string[]
}

/**
 * Brings the ledger, and the parents, to what GitHub says of a plan's issues; in a dry run it only says how.
 * @throws {UserError} as `requireConsent`, with nothing done
 */
export async function reconcile(door: Door, reconciling: Reconciling): Promise<Reconciled> {
  const { subject, idea, target, seen, isQuiet } = reconciling
  const { decideCatchUp } = await import('@switchyard/planning/tree')
  const closed = new Set([...idea.done, ...idea.not_planned])
  const gone = new Set(idea.gone)
  // What is there again is news, however it is.
  const wasClosed = (number: number): boolean => (gone.has(number) ? seen.get(number)?.isOpen === true : closed.has(number))
  const lacking = await recordGone(door, reconciling)
  const items = Object.values(idea.items).flatMap((number) => seen.get(number) ?? [])
  const behind = decideCatchUp(items, wasClosed).filter(({ isNews, behind: of }) => isNews || isQuiet || of === undefined)
  if (behind.length === 0) return { count: lacking.count, told: lacking.told }
  await reconciling.requireConsent()
  const { readFamilies } = await import('@switchyard/github/operations')
  const families = await readFamilies(
    target.github,
    target,
    behind.map(({ number }) => number),
  )
  const lost = new Set(behind.flatMap(({ behind: of }) => of ?? []))
  const now = new Map<number, Change>()
  let { loaded, count } = lacking
  const told = [...lacking.told]
  const { dryRun } = door.given.inputs
  for (const one of behind) {
    const family = families.get(one.number)
    if (family === undefined) continue
    const changed = now.get(one.number) ?? family
    const above = family.above.map((parent) => ({
      ...withChange(parent, now),
      children: parent.children.map((child) => withChange(child, now)),
    }))
    const steps = decideRollup({ changed, above, isOurs: isItemOf(idea) })
    const changes = [...(one.isNews ? [changed] : []), ...steps.map(toChange)]
    if (changes.length === 0) continue
    for (const change of changes) now.set(change.number, change)
    if (dryRun) {
      count += 1
      told.push(...sayChanges(target, one.isNews ? changed : undefined, steps))
      continue
    }
    const after = await recordChanges(door, { subject, loaded, key: keyOf(door, subject, one), changes })
    loaded = after.loaded
    const moved = steps.filter(({ number }) => after.news.has(number) || (isQuiet && lost.has(number)))
    for (const { number } of moved) lost.delete(number)
    if (after.news.size + moved.length > 0) count += 1
    await drawAll({ ...door, github: target.github }, await drawParents({ ...family, ...changed, above }, moved))
  }
  return { count, told }
}

/** What is behind, and what would follow it: a sentence each. */
function sayChanges({ place, isHere }: TargetSeen, news: Change | undefined, steps: readonly RollupStep[]): readonly string[] {
  const nameOf = (number: number): string => `${isHere ? '' : place.repository}#${number}`
  return [
    ...(news === undefined ? [] : [`${nameOf(news.number)} was ${news.isOpen ? 'opened again' : 'closed'} unnoticed: it would be noted.`]),
    ...steps.map(({ kind, number }) => `${nameOf(number)} would be ${kind === 'close' ? 'closed' : 'opened again'}.`),
  ]
}

/** What the same run finds once more in another attempt is news again. */
function keyOf({ given: { context } }: Door, subject: string, { number, isNews }: CatchUp): string {
  const { id, attempt, job } = context.run
  return `catch up run ${context.repository.id} ${id} ${attempt} ${job} ${subject} ${number} ${isNews ? 'itself' : 'above it'}`
}

import type { IssueFamily, TreeIssue } from '@switchyard/github/operations'
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
  const { subject, target, isQuiet } = reconciling
  const lacking = await recordGone(door, reconciling)
  const behind = await findBehind(reconciling)
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
  for (const one of behind) {
    const read = families.get(one.number)
    if (read === undefined) continue
    const { news, family, steps } = decideFollowing(reconciling, { one, read, now })
    const changes = [...(news === undefined ? [] : [news]), ...steps.map(toChange)]
    if (changes.length === 0) continue
    for (const change of changes) now.set(change.number, change)
    if (door.given.inputs.dryRun) {
      count += 1
      told.push(...sayChanges(target, news, steps))
      continue
    }
    const after = await recordChanges(door, { subject, loaded, key: keyOf(door, subject, one), changes })
    loaded = after.loaded
    const moved = steps.filter(({ number }) => after.news.has(number) || (isQuiet && lost.has(number)))
    for (const { number } of moved) lost.delete(number)
    if (after.news.size + moved.length > 0) count += 1
    await drawAll({ ...door, github: target.github }, await drawParents(family, moved))
  }
  return { count, told }
}

/** The issues of which the ledger does not know how they are, and those that what stands above them did not follow. */
async function findBehind({ idea, seen, isQuiet }: Reconciling): Promise<readonly CatchUp[]> {
  const { decideCatchUp } = await import('@switchyard/planning/tree')
  const closed = new Set([...idea.done, ...idea.not_planned])
  const gone = new Set(idea.gone)
  // What is there again is news, however it is.
  const wasClosed = (number: number): boolean => (gone.has(number) ? seen.get(number)?.isOpen === true : closed.has(number))
  const items = Object.values(idea.items).flatMap((number) => seen.get(number) ?? [])
  return decideCatchUp(items, wasClosed).filter(({ isNews, behind }) => isNews || isQuiet || behind === undefined)
}

interface Behind {
  readonly one: CatchUp
  readonly read: IssueFamily
  /** What was found of others since it was read. */
  readonly now: ReadonlyMap<number, Change>
}

interface Following {
  /** The issue, where the ledger does not know how it is. */
  readonly news: Change | undefined
  readonly family: IssueFamily
  /** What stands above it, and how it follows. */
  readonly steps: readonly RollupStep[]
}

function decideFollowing({ idea }: Reconciling, { one, read, now }: Behind): Following {
  const above = read.above.map((parent) => ({
    ...withChange(parent, now),
    children: parent.children.map((child) => withChange(child, now)),
  }))
  const family = { ...withChange(read, now), above }
  return { news: one.isNews ? family : undefined, family, steps: decideRollup({ changed: family, above, isOurs: isItemOf(idea) }) }
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

import type { TreeIssue } from '@switchyard/github/operations'
import type { Idea } from '@switchyard/planning'
import type { Door, PlanLoaded } from './door.ts'
import { record } from './rollup.ts'

interface Looked {
  readonly subject: string
  readonly idea: Idea
  readonly loaded: PlanLoaded
  /** The plan's issues as GitHub has them now, by number. */
  readonly seen: ReadonlyMap<number, TreeIssue>
}

/** The issues of a plan that GitHub does not have any more, and of which the ledger does not know it. */
export function findGone({ idea: { items, gone = [] }, seen }: Pick<Looked, 'idea' | 'seen'>): readonly number[] {
  return Object.values(items).filter((number) => !seen.has(number) && !gone.includes(number))
}

/** Tells the ledger which of a plan's issues were deleted, or moved to another repository: they hold nothing up any more. */
export async function recordGone(
  door: Door,
  { subject, idea, loaded, seen }: Looked,
): Promise<{ readonly count: number; readonly loaded: PlanLoaded }> {
  const gone = findGone({ idea, seen })
  if (gone.length === 0) return { count: 0, loaded }
  const { repository, run } = door.given.context
  const key = `gone run ${repository.id} ${run.id} ${run.attempt} ${run.job} ${subject}`
  const changes = gone.map((number) => ({ number, isOpen: false, isDone: false, isGone: true }))
  const after = await record(door, { subject, loaded, key, changes })
  return { count: after.news.size, loaded: after.loaded }
}

import type { TreeIssue } from '@switchyard/github/operations'
import type { Idea } from '@switchyard/planning'
import type { Door, PlanLoaded } from './door.ts'
import { recordChanges } from './item-changes.ts'

interface Looked {
  readonly subject: string
  readonly idea: Idea
  readonly loaded: PlanLoaded
  /** The plan's issues as GitHub has them now, by number. */
  readonly seen: ReadonlyMap<number, TreeIssue>
  /** Whether it is long enough since anything happened to them: what was just made may not be seen yet. */
  readonly isQuiet: boolean
}

/** The issues of a plan that GitHub does not have any more, and of which the ledger does not know it. */
function findGone({ idea: { items, gone = [] }, seen }: Pick<Looked, 'idea' | 'seen'>): readonly number[] {
  return Object.values(items).filter((number) => !seen.has(number) && !gone.includes(number))
}

export interface RecordedGone {
  readonly count: number
  /** In a dry run, what would be written down. */
  readonly told: readonly string[]
  readonly loaded: PlanLoaded
}

/** Tells the ledger which of a plan's issues were deleted, or moved to another repository: they hold nothing up any more. */
export async function recordGone(door: Door, { subject, idea, loaded, seen, isQuiet }: Looked): Promise<RecordedGone> {
  const gone = isQuiet ? findGone({ idea, seen }) : []
  const { inputs, context } = door.given
  if (gone.length === 0) return { count: 0, told: [], loaded }
  if (inputs.dryRun) return { count: gone.length, told: gone.map((number) => `#${number} would be told as gone.`), loaded }
  const key = `gone run ${context.repository.id} ${context.run.id} ${context.run.attempt} ${context.run.job} ${subject}`
  const changes = gone.map((number) => ({ number, isOpen: false, isDone: false, isGone: true }))
  const after = await recordChanges(door, { subject, loaded, key, changes })
  return { count: after.news.size, told: [], loaded: after.loaded }
}

import { GitHubError, UserError } from '@switchyard/core'
import type { PlanFacts } from '@switchyard/github/operations'
import type { AppliedIssue, ConvergeAnswer, PlanIssue, SeenIssue, TreeChange, TreeConflict } from '@switchyard/planning'
import { decideDifference, type MatchInput, matchIssues, nextApplied, renderApplied } from '@switchyard/planning/tree'
import type { Door } from '../door.ts'
import type { TargetSeen } from '../target.ts'
import { changeItems } from './change-items.ts'
import { closeDoubles } from './close-doubles.ts'
import { createItems } from './create-items.ts'
import { linkItems } from './link-items.ts'
import { observeItems } from './observe-items.ts'
import type { ProgressCard } from './progress-card.ts'

export interface Converged {
  readonly target: TargetSeen
  readonly facts: PlanFacts
  readonly subject: string
  readonly applied: readonly AppliedIssue[]
  readonly issues: readonly PlanIssue[]
  /** When the intent was opened, ms since the epoch. */
  readonly openedAt: number
  /** Whether somebody else may have done a part of it. */
  readonly isTakenOver: boolean
  readonly progress: ProgressCard
}

/** What a run did, for whoever asked. */
export interface Made {
  readonly created: number
  readonly changed: number
  readonly conflicts: readonly TreeConflict[]
  /** What GitHub left out without a word, or what was mended on the way, a sentence each. */
  readonly notes: readonly string[]
  readonly applied: readonly AppliedIssue[]
}

/** How far it is, in the hands of those who carry it out. */
export interface Making extends Converged {
  /** Issues that are there, by key. */
  readonly there: Map<string, Pick<SeenIssue, 'number' | 'nodeId'>>
  /** Numbers of those that this run made, by key. */
  readonly numbers: Map<string, number>
  /** What of the difference was carried out. */
  readonly done: TreeChange[]
  readonly notes: string[]
  /** Whether something may have been made twice, since an answer was lost. */
  isUnsure: boolean
}

/** From what is to what the plan wants, parents before their children; what was done before, by whomever, is not done again. */
export async function carryOut(door: Door, converged: Converged): Promise<{ readonly answer: ConvergeAnswer; readonly made: Made }> {
  const { target, subject, applied, issues, isTakenOver, openedAt } = converged
  // Nobody can have begun what this very run has just written down.
  const seen = isTakenOver || applied.length > 0 ? await observeItems(target, { applied, since: isTakenOver ? openedAt : undefined }) : []
  const { changes, conflicts } = decideDifference({ subject, applied, wanted: issues, seen })
  const making: Making = { ...converged, there: new Map(), numbers: new Map(), done: [], notes: [], isUnsure: isTakenOver }
  for (const [key, issue] of namedOf({ subject, applied, seen }, changes)) making.there.set(key, issue)
  const failure = await attempt(async () => {
    await createItems(door, making, changes)
    if (making.isUnsure) await closeDoubles(making)
    await changeItems(making, changes, seen)
    await linkItems(making, changes)
  })
  const { done, numbers, notes } = making
  const next = nextApplied({ subject, applied, wanted: issues, seen, done, numbers })
  const created = numbers.size
  const changed = done.filter(({ kind }) => kind !== 'create' && kind !== 'link').length
  const written = { applied: renderApplied(next), items: Object.fromEntries(next.map(({ key, number }) => [key, number])) }
  return {
    answer:
      failure === undefined
        ? { kind: 'converged', ...written, created, changed, conflicts: conflicts.length }
        : { kind: 'failed', code: failure.code, message: failure.message, hint: failure.hint ?? 'Mend it, and say it again.', ...written },
    made: { created, changed, conflicts, notes, applied: next },
  }
}

/** The issues that are there, by the keys that they have from now on. */
function namedOf(input: MatchInput, changes: readonly TreeChange[]): ReadonlyMap<string, SeenIssue> {
  const renamed = new Map(changes.flatMap((change) => (change.kind === 'rename' ? [[change.from, change.issue.key] as const] : [])))
  return new Map([...matchIssues(input).issues].map(([key, issue]) => [renamed.get(key) ?? key, issue]))
}

/** What somebody has to mend ends it; all else is left open, to be gone on with. */
async function attempt(work: () => Promise<void>): Promise<UserError | GitHubError | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if ((error instanceof UserError || error instanceof GitHubError) && error.retryPolicy === 'after-change') return error
    throw error
  }
}

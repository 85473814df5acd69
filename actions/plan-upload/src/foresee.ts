import { type AppliedIssue, type Confirmable, confirmable, type Idea, type PlanIssue } from '@switchyard/planning'
import { decideDifference, isHarmless, matchIssues, parseApplied } from '@switchyard/planning/tree'
import { observeItems } from './converge/observe-items.ts'
import { requireLevels } from './converge/require-levels.ts'
import { findMarkGone } from './converge/refuse-unmarked.ts'
import type { Door } from './door.ts'
import type { Scene } from './scene.ts'
import { explainUnseen, type TargetSeen } from './target.ts'

interface Foreseeing {
  readonly idea: Idea
  /** Hashes of the plan that is kept, and of the one that is wanted. */
  readonly from: string
  readonly to: string
  readonly target: TargetSeen
  /** What is wanted. */
  readonly issues: readonly PlanIssue[]
}

/** What bringing the issues to what the plan wants would do. */
export interface Foreseen {
  readonly difference: Confirmable
  /** Hash of the tree's difference alone, as it is compared once more before the first change. */
  readonly seen: string
  readonly applied: readonly AppliedIssue[]
  /** Whether it only adds to what is there. */
  readonly isHarmless: boolean
}

/**
 * Looks at what is there, also of an earlier try, maybe of another plan; costs no request where there was none.
 * @throws {UserError} `MARK_GONE`, `TOO_DEEP`, `REPOSITORY_UNSEEN`: what would be refused is not shown as if it could be confirmed
 */
export async function foresee(door: Door, { loaded, observation: { subject } }: Scene, foreseeing: Foreseeing): Promise<Foreseen> {
  const { idea, from, to, target, issues } = foreseeing
  // In another repository it is refused by the ledger.
  const isThere = idea.applied !== null && idea.target?.id === target.place.id
  const applied = isThere && idea.applied !== null ? parseApplied(await door.texts.read(loaded, idea.applied)) : []
  const unlisted = idea.target?.id === target.place.id ? idea.unlisted : null
  const seen =
    applied.length === 0 && unlisted === null ? [] : await observeItems(target, { applied, unlisted }).catch(explainUnseen(target))
  const found = decideDifference({ subject, applied, wanted: issues, seen })
  const there = matchIssues({ subject, applied, seen }).issues
  const markGone = unlisted === null ? undefined : findMarkGone({ subject, target, applied, there, changes: found.changes, seen })
  if (markGone !== undefined) throw markGone
  await requireLevels({ target, subject, applied, seen, wanted: issues, changes: found.changes })
  return { difference: confirmable(found, { from, to }), seen: found.hash, applied, isHarmless: isHarmless(found) }
}

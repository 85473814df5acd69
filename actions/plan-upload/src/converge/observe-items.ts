import { isUnplanned, type TreeIssue } from '@switchyard/github/operations'
import type { AppliedIssue, ItemChange, SeenIssue, Unlisted } from '@switchyard/planning'
import type { TargetSeen } from '../target.ts'

/** An issue as it is, with the numbers of those that block it. */
export interface Observed extends SeenIssue, Pick<TreeIssue, 'stateReason'> {
  readonly blockedBy: readonly number[]
}

interface Observing {
  readonly applied: readonly AppliedIssue[]
  /** What a run that died or failed may have made beside those; null: none did. */
  readonly unlisted: Unlisted | null
}

/** Lists lag, and clocks differ by as much. */
const MARGIN_MS = 60_000

/**
 * What is there of a plan: the issues whose numbers the ledger knows, and those that its writers opened since the making began, of which
 * the marks say more: anybody can write a mark into an issue of their own. A listing, never a search.
 */
export async function observeItems({ github, owner, name }: TargetSeen, { applied, unlisted }: Observing): Promise<readonly Observed[]> {
  const { readSortedIssues, readIssuesSince } = await import('@switchyard/github/operations')
  const repository = { owner, name }
  const numbers = applied.map(({ number }) => number)
  const [known, recent] = await Promise.all([
    numbers.length === 0 ? NONE : readSortedIssues(github, repository, numbers),
    unlisted === null ? [] : readIssuesSince(github, repository, unlisted.since - MARGIN_MS),
  ])
  const writers = new Set(unlisted?.writers.map(({ id }) => id))
  const ours = recent.filter(({ isOurs, authorId }) => isOurs || (authorId !== undefined && writers.has(authorId)))
  const byNumber = new Map([...ours, ...known.values()].map((issue) => [issue.number, issue]))
  return [...byNumber.values()].map((issue) => ({ ...issue, isNotPlanned: issue.stateReason === 'NOT_PLANNED' }))
}

/** How they are, as the ledger counts it. */
export function foundOf(seen: readonly Observed[]): readonly ItemChange[] {
  return seen.map(({ number, isOpen, stateReason }) => ({
    number,
    now: isOpen ? 'open' : isUnplanned(stateReason) ? 'not_planned' : 'done',
  }))
}

/** When this token opened its issues there since a moment, in ms since the epoch. */
export async function readCreations({ github, owner, name }: TargetSeen, since: number): Promise<readonly number[]> {
  const { readIssuesSince } = await import('@switchyard/github/operations')
  const recent = await readIssuesSince(github, { owner, name }, since)
  return recent.filter(({ isOurs }) => isOurs).map(({ createdAt }) => Date.parse(createdAt))
}

const NONE: ReadonlyMap<number, TreeIssue> = new Map()

import type { TreeIssue } from '@switchyard/github/operations'
import type { AppliedIssue, SeenIssue } from '@switchyard/planning'
import type { TargetSeen } from '../target.ts'

/** An issue as it is, with the numbers of those that block it. */
export interface Observed extends SeenIssue {
  readonly blockedBy: readonly number[]
}

interface Observing {
  readonly applied: readonly AppliedIssue[]
  /** When the making began, in ms since the epoch, where a dead run may have made more than the ledger knows; undefined: none did. */
  readonly since: number | undefined
}

/** Lists lag, and clocks differ by as much. */
const MARGIN_MS = 60_000

/**
 * What is there of a plan: the issues whose numbers the ledger knows, and those that this token opened since the making began, of which
 * the marks say more. A listing, never a search.
 */
export async function observeItems({ github, owner, name }: TargetSeen, { applied, since }: Observing): Promise<readonly Observed[]> {
  const { readSortedIssues, readIssuesSince } = await import('@switchyard/github/operations')
  const repository = { owner, name }
  const numbers = applied.map(({ number }) => number)
  const [known, recent] = await Promise.all([
    numbers.length === 0 ? NONE : readSortedIssues(github, repository, numbers),
    since === undefined ? [] : readIssuesSince(github, repository, since - MARGIN_MS),
  ])
  const byNumber = new Map([...recent.filter(({ isOurs }) => isOurs), ...known.values()].map((issue) => [issue.number, issue]))
  return [...byNumber.values()].map((issue) => ({ ...issue, isNotPlanned: issue.stateReason === 'NOT_PLANNED' }))
}

/** When this token opened its issues there since a moment, in ms since the epoch. */
export async function readCreations({ github, owner, name }: TargetSeen, since: number): Promise<readonly number[]> {
  const { readIssuesSince } = await import('@switchyard/github/operations')
  const recent = await readIssuesSince(github, { owner, name }, since)
  return recent.filter(({ isOurs }) => isOurs).map(({ createdAt }) => Date.parse(createdAt))
}

const NONE: ReadonlyMap<number, TreeIssue> = new Map()

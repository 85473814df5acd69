import { selectRecentIssues } from '@switchyard/github'
import type { RecentIssue } from '@switchyard/github/operations'
import type { Door } from './door.ts'
import { LOOK_BACK_MS } from './limits.ts'
import { answer, type Cared, caring, isLost } from './look-after.ts'
import { findWaiting } from './waiting.ts'

/** What was said of late on any issue: an activation is asked for where no board is yet. */
export async function readRecent({ github, given: { context } }: Door): Promise<readonly RecentIssue[]> {
  const { owner, name } = context.repository
  const since = new Date(github.serverNow() - LOOK_BACK_MS).toISOString()
  const [raw] = await github.select([selectRecentIssues('recent', { owner, name, since })])
  const { parseRecentIssues } = await import('@switchyard/github/operations')
  return parseRecentIssues(raw)
}

interface Strays {
  readonly recent: readonly RecentIssue[]
  /** Issues that were looked after with their releases. */
  readonly boards: readonly number[]
}

/** One issue after another: what one begins, the next may be about. */
export async function answerStrays(door: Door, { recent, boards }: Strays): Promise<readonly Cared[]> {
  const cared: Cared[] = []
  for (const { number: issue } of recent.filter((each) => !boards.includes(each.number) && isWaiting(door, each)).toReversed()) {
    cared.push(await caring(`Issue #${issue}`, () => answer(door, { issue, slug: undefined })))
  }
  return cared
}

function isWaiting(door: Door, recent: RecentIssue): boolean {
  const since = door.github.serverNow() - LOOK_BACK_MS
  return findWaiting(recent).some(({ comment: { createdAt } }) => isLost(door, createdAt) && Date.parse(createdAt) >= since)
}

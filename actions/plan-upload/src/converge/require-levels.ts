import { UserError } from '@switchyard/core'
import type { PlanIssue, SeenIssue, TreeChange } from '@switchyard/planning'
import { deepestOf, matchIssues, type MatchInput } from '@switchyard/planning/tree'
import type { TargetSeen } from '../target.ts'

/** GitHub's ceiling, the uppermost issue among them. Source: github-facts 6.4. */
const LEVELS = 8

interface Deepening extends MatchInput {
  readonly target: TargetSeen
  readonly wanted: readonly PlanIssue[]
  readonly changes: readonly TreeChange[]
  readonly seen: readonly SeenIssue[]
}

/**
 * Before anything is made or moved below an epic that people put under other issues of its repository: where it stands under none, this
 * asks nothing.
 * @throws {UserError} `TOO_DEEP`
 */
export async function requireLevels({ target, wanted, changes, ...match }: Deepening): Promise<void> {
  const epic = wanted.find(({ parent }) => parent === undefined)
  const there = epic && matchIssues(match).issues.get(epic.key)
  const deepest = deepestOf(wanted, changes)
  if (there?.parent === undefined || deepest === 0) return
  const { readFamilies } = await import('@switchyard/github/operations')
  const family = (await readFamilies(target.github, target, [there.number])).get(there.number)
  const above = family?.above.length ?? 0
  if (above + deepest <= LEVELS) return
  throw new UserError(
    'TOO_DEEP',
    `The epic #${there.number} stands below ${above} other issues: with them the plan would be ${above + deepest} levels deep, and GitHub takes ${LEVELS}.`,
    { hint: `Put the epic higher, below ${LEVELS - deepest} issues at the most, and say it again. Nothing was changed.` },
  )
}

import { findItemMarks } from './mark.ts'
import { matchIssues, type MatchInput } from './match.ts'
import type { PlanIssue, SeenIssue } from './model.ts'

export interface UnmarkedInput extends MatchInput {
  /** Parents before their children. */
  readonly wanted: readonly PlanIssue[]
}

/** An issue of which nobody can say whether a dead run made it from the plan. */
export interface Unmarked {
  readonly wanted: PlanIssue
  readonly issue: SeenIssue
}

/**
 * Open issues that may be the plan's although no mark says so: those that this token opened since the making began, that have the very
 * title of an issue which is missing, and stand under its parent or under none. The title proves nothing: people decide.
 */
export function findUnmarked({ wanted, ...input }: UnmarkedInput): readonly Unmarked[] {
  const { issues } = matchIssues(input)
  const taken = new Set([...issues.values(), ...input.applied].map(({ number }) => number))
  const there = new Map([...issues].map(([key, { number }]) => [key, number]))
  const nameless = input.seen.filter(({ number, isOpen, body }) => isOpen && !taken.has(number) && isUnclear(body, input.subject))
  const byTitle = Map.groupBy(nameless, ({ title }) => title.trim())
  return wanted.flatMap((one) => {
    if (there.has(one.key)) return []
    const above = one.parent === undefined ? undefined : there.get(one.parent)
    const candidates = byTitle.get(one.title.trim()) ?? []
    const at = candidates.findIndex(({ parent }) => parent === undefined || parent === above)
    const [issue] = at === -1 ? [] : candidates.splice(at, 1)
    if (issue === undefined) return []
    there.set(one.key, issue.number)
    return [{ wanted: one, issue }]
  })
}

/** Without a mark, or with several of this idea's; one that names another idea says whose it is. */
function isUnclear(body: string, subject: string): boolean {
  return findItemMarks(body).every((mark) => mark.subject === subject)
}

import { findItemMarks } from './mark.ts'
import type { PlanIssue, SeenIssue } from './model.ts'

export interface UnmarkedInput {
  /** The idea whose issues they are, as their marks name it. */
  readonly subject: string
  /** What is missing, parents before their children. */
  readonly missing: readonly PlanIssue[]
  /** Numbers of the issues that are there, by key. */
  readonly there: ReadonlyMap<string, number>
  /** Only issues that a writer of the plan opened. */
  readonly seen: readonly SeenIssue[]
}

/** An issue of which nobody can say whether a dead run made it from the plan. */
export interface Unmarked {
  readonly wanted: PlanIssue
  readonly issue: SeenIssue
}

/**
 * Open issues that may be the plan's although no mark says so: they have the very title of an issue that is missing, and stand under its
 * parent or under none. The title proves nothing: people decide.
 */
export function findUnmarked({ subject, missing, there, seen }: UnmarkedInput): readonly Unmarked[] {
  const numbers = new Map(there)
  const taken = new Set(there.values())
  const nameless = seen.filter(({ number, isOpen, body }) => isOpen && !taken.has(number) && isUnclear(body, subject))
  const byTitle = Map.groupBy(nameless, ({ title }) => title.trim())
  return missing.flatMap((wanted) => {
    const above = wanted.parent === undefined ? undefined : numbers.get(wanted.parent)
    const candidates = byTitle.get(wanted.title.trim()) ?? []
    const at = candidates.findIndex(({ parent }) => parent === undefined || parent === above)
    const [issue] = at === -1 ? [] : candidates.splice(at, 1)
    if (issue === undefined) return []
    numbers.set(wanted.key, issue.number)
    return [{ wanted, issue }]
  })
}

/** Without a mark, or with several of this idea's; one that names another idea says whose it is. */
function isUnclear(body: string, subject: string): boolean {
  return findItemMarks(body).every((mark) => mark.subject === subject)
}

import { readBody } from './body.ts'
import type { AppliedIssue, SeenIssue } from './model.ts'

export interface MatchInput {
  /** The idea whose issues they are, as their marks name it. */
  readonly subject: string
  readonly applied: readonly AppliedIssue[]
  /** Only issues that the token itself opened. */
  readonly seen: readonly SeenIssue[]
}

export interface Matched {
  /** By key: the applied ones by their number, others by the mark that leads their body. */
  readonly issues: ReadonlyMap<string, SeenIssue>
  /** Open issues whose mark names a key that an earlier issue has: made twice when an answer was lost. */
  readonly doubles: readonly { readonly key: string; readonly issue: SeenIssue; readonly of: SeenIssue }[]
}

/** Which issue on GitHub is which of the plan's: known by its number, else by its mark; never by its title. */
export function matchIssues({ subject, applied, seen }: MatchInput): Matched {
  const byNumber = new Map(seen.map((issue) => [issue.number, issue]))
  const known = new Set(applied.map(({ number }) => number))
  const issues = new Map<string, SeenIssue>()
  for (const { key, number } of applied) {
    const issue = byNumber.get(number)
    if (issue) issues.set(key, issue)
  }
  const doubles = []
  for (const issue of [...byNumber.values()].sort((left, right) => left.number - right.number)) {
    if (known.has(issue.number)) continue
    const body = readBody(issue.body)
    if (body === undefined || body === 'broken' || !body.isLeading || body.subject !== subject) continue
    const first = issues.get(body.key)
    if (first === undefined) issues.set(body.key, issue)
    else if (issue.isOpen) doubles.push({ key: body.key, issue, of: first })
  }
  return { issues, doubles }
}

/**
 * The applied issues without what is lost: a link goes with the issue that it leads to, and of one that was dropped and then
 * deleted nothing is left, so that a plan may have it made anew.
 */
export function withoutLost(applied: readonly AppliedIssue[], issues: Matched['issues']): readonly AppliedIssue[] {
  return applied
    .filter(({ key, isDropped }) => !isDropped || issues.has(key))
    .map((item) => ({ ...item, dependsOn: item.dependsOn.filter((key) => issues.has(key)) }))
}

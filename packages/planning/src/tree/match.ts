import { findItemMarks } from './mark.ts'
import type { AppliedIssue, SeenIssue } from './model.ts'

export interface MatchInput {
  /** The idea whose issues they are, as their marks name it. */
  readonly subject: string
  readonly applied: readonly AppliedIssue[]
  /** Only issues whose numbers the ledger has, and those that one of the plan’s writers opened. */
  readonly seen: readonly SeenIssue[]
}

export interface Double {
  readonly key: string
  readonly issue: SeenIssue
  readonly of: SeenIssue
}

export interface Matched {
  /** By key: the applied ones by their number, others by their mark. */
  readonly issues: ReadonlyMap<string, SeenIssue>
  /** Open issues that begin with the mark of an earlier issue: made twice when an answer was lost. */
  readonly doubles: readonly Double[]
  /** Open issues with the mark of another one further down, where somebody may have quoted it. */
  readonly quotes: readonly Double[]
}

/**
 * Which issue on GitHub is which of the plan's: known by its number, else by its mark; never by its title. A mark that leads goes before
 * one further down, above which people wrote.
 */
export function matchIssues({ subject, applied, seen }: MatchInput): Matched {
  const byNumber = new Map(seen.map((issue) => [issue.number, issue]))
  const known = new Set(applied.map(({ number }) => number))
  const issues = new Map<string, SeenIssue>()
  for (const { key, number } of applied) {
    const issue = byNumber.get(number)
    if (issue) issues.set(key, issue)
  }
  const marked = [...byNumber.values()]
    .filter(({ number }) => !known.has(number))
    .sort((left, right) => left.number - right.number)
    .flatMap((issue) => {
      const mark = findMark(issue.body, subject)
      return mark === undefined ? [] : [{ issue, ...mark }]
    })
  const place = (isLeading: boolean): readonly Double[] =>
    marked.flatMap(({ issue, key, ...mark }) => {
      if (mark.isLeading !== isLeading) return []
      const of = issues.get(key)
      if (of === undefined) issues.set(key, issue)
      return of === undefined || !issue.isOpen ? [] : [{ key, issue, of }]
    })
  return { issues, doubles: place(true), quotes: place(false) }
}

/** What a body says that it is. Several marks further down say nothing: nobody knows which of them is its own. */
function findMark(body: string, subject: string): { readonly key: string; readonly isLeading: boolean } | undefined {
  const marks = findItemMarks(body)
  const leading = marks.find(({ isLeading }) => isLeading)
  if (leading) return leading.subject === subject ? leading : undefined
  const [first, ...others] = marks
  return first?.subject === subject && others.every((mark) => mark.subject === subject && mark.key === first.key) ? first : undefined
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

import { nameFirst, UserError } from '@switchyard/core'
import { type AppliedIssue, parseIdeaSubject, type SeenIssue, type TreeChange } from '@switchyard/planning'
import { findUnmarked, renderItemMark, type Unmarked } from '@switchyard/planning/tree'
import type { TargetSeen } from '../target.ts'

/** How many of them are named. */
const NAMED = 5

export interface Unsure {
  readonly subject: string
  readonly target: Pick<TargetSeen, 'place'>
  readonly applied: readonly AppliedIssue[]
  /** The issues that are there, by key. */
  readonly there: ReadonlyMap<string, Pick<SeenIssue, 'number'>>
  readonly changes: readonly TreeChange[]
  readonly seen: readonly SeenIssue[]
}

/**
 * Before anything is made that may be there: what a run before this one made is known by its mark, and where people took that away,
 * whether it is the plan's is theirs to say. Neither adopted, since a title proves nothing, nor made a second time.
 */
export function findMarkGone({ subject, target, applied, there, changes, seen }: Unsure): UserError | undefined {
  const known = new Set(applied.map(({ number }) => number))
  const idea = parseIdeaSubject(subject)
  // It may well have the epic's title.
  const isIdea = (number: number): boolean => idea?.repositoryId === target.place.id && idea.issue === number
  const unmarked = findUnmarked({
    subject,
    missing: changes.flatMap((change) => (change.kind === 'create' ? [change.issue] : [])),
    there: new Map([...there].map(([key, { number }]) => [key, number])),
    seen: seen.filter(({ number }) => !known.has(number) && !isIdea(number)),
  })
  const [first] = unmarked
  return first && markGone(subject, first, unmarked)
}

function markGone(subject: string, { wanted, issue }: Unmarked, all: readonly Unmarked[]): UserError {
  const who = nameFirst(
    all.map((each) => `#${each.issue.number}`),
    NAMED,
  )
  const what =
    all.length === 1
      ? `${who} may be the plan’s “${wanted.title}”, but the line that marks it as such is gone from its text`
      : `${who} may be issues of this plan, but the lines that mark them as such are gone from their texts`
  return new UserError('MARK_GONE', `${what}. Nothing was made, so that nothing is there twice.`, {
    hint:
      `Put the line back from the edit history, on #${issue.number} \`${renderItemMark({ subject, key: wanted.key })}\`; ` +
      'or close what is not the plan’s. Then say it again.',
  })
}

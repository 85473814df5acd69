import { MAX_BODY, parseBody, replaceSection, sectionHash } from './body.ts'
import type { AppliedIssue, PlanIssue, SeenIssue, TreeConflict } from './model.ts'

export interface Texts {
  readonly issue: PlanIssue
  /** undefined: an interrupted run made it, from this very plan, and nobody wrote down what it said. */
  readonly base: Pick<AppliedIssue, 'key' | 'title' | 'sha256'> | undefined
  readonly seen: SeenIssue
}

export interface Comparison {
  /** What is written anew. */
  readonly parts: readonly ('title' | 'section')[]
  readonly conflicts: readonly ('title' | 'section' | 'markers' | 'too-long')[]
  /** What stands on the issue as the plan wants it, whoever wrote it. */
  readonly settled: readonly ('title' | 'section')[]
}

type Verdict = 'settled' | 'write' | 'conflict'

/** Base, theirs and ours: what nobody else changed is ours to write; what is ours already needs nothing; the rest is a conflict. */
export function compareThreeWay<Value>({ base, theirs, ours }: { base: Value; theirs: Value; ours: Value }): Verdict {
  if (theirs === ours) return 'settled'
  return theirs === base ? 'write' : 'conflict'
}

/** What of an issue's title and section has to be written. Pure of GitHub's white space: titles are compared without blanks around. */
export function compareTexts({ issue, base, seen }: Texts): Comparison {
  const title = compareThreeWay({ base: (base?.title ?? issue.title).trim(), theirs: seen.title.trim(), ours: issue.title.trim() })
  const section = compareSection({ issue, base, seen })
  return {
    parts: [...(title === 'write' ? (['title'] as const) : []), ...(section === 'write' ? (['section'] as const) : [])],
    conflicts: [...(title === 'conflict' ? (['title'] as const) : []), ...conflictOf(section)],
    settled: [...(title === 'settled' ? (['title'] as const) : []), ...(section === 'settled' ? (['section'] as const) : [])],
  }
}

function conflictOf(section: Verdict | 'markers' | 'too-long'): Comparison['conflicts'] {
  if (section === 'settled' || section === 'write') return []
  return [section === 'conflict' ? 'section' : section] satisfies TreeConflict['what'][]
}

function compareSection({ issue, base, seen }: Texts): Verdict | 'markers' | 'too-long' {
  const body = parseBody(seen.body)
  if (body === undefined || body === 'broken' || (body.key !== issue.key && body.key !== base?.key)) return 'markers'
  const ours = sectionHash(issue.section)
  const verdict = compareThreeWay({ base: base?.sha256 ?? ours, theirs: sectionHash(body.section), ours })
  const isTooLong = verdict === 'write' && (replaceSection(seen.body, issue.section) ?? '').length > MAX_BODY
  return isTooLong ? 'too-long' : verdict
}

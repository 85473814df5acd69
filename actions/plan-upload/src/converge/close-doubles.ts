import { matchIssues } from '@switchyard/planning/tree'
import type { Making } from './making.ts'
import { observeItems } from './observe-items.ts'

/** After a lost answer an issue may be there twice: the one that nothing hangs on is closed as a duplicate, and told of. */
export async function closeDoubles({ target, subject, doubtful, there, notes }: Making): Promise<void> {
  const seen = await observeItems(target, { applied: [], unlisted: doubtful })
  const { doubles, quotes } = matchIssues({ subject, applied: [], seen })
  // Somebody may have written above the mark of one that was made twice, or have quoted another's.
  for (const { issue, of } of quotes) {
    notes.push(`#${issue.number} holds the mark of #${of.number} below other text and was left alone: close it if it is the same.`)
  }
  const pairs = doubles.map(({ key, issue, of }) =>
    there.get(key)?.number === issue.number ? { kept: issue, extra: of } : { kept: of, extra: issue },
  )
  if (pairs.length === 0) return
  const { drawInOrder, requireDrawn } = await import('@switchyard/github/operations')
  requireDrawn(
    await drawInOrder(
      target.github,
      pairs.flatMap(({ kept, extra: { nodeId: issueId } }) => [
        {
          kind: 'comment' as const,
          issueId,
          body: `Made twice, since an answer of GitHub’s was lost: #${kept.number} is the one that counts.`,
        },
        { kind: 'issue-state' as const, issueId, state: 'DUPLICATE' as const },
      ]),
    ),
  )
  for (const { kept, extra } of pairs) notes.push(`#${extra.number} had been made twice and was closed: #${kept.number} counts.`)
}

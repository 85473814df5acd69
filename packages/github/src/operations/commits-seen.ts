import { z } from 'zod'
import { RECENT_COMMITS } from './recent-commits.ts'

/** Commits to a path of the default branch within a window. */
export interface RecentCommits {
  /** The branch's head. */
  readonly head: string
  /** When the newest of them was committed, in ms since the epoch. */
  readonly newest: number
  /** The commit that the oldest of them was made on; undefined: it has none, or there are more than were read. */
  readonly base: string | undefined
}

const parents = z.object({ nodes: z.array(z.object({ oid: z.string() })) })
const answer = z
  .object({
    defaultBranchRef: z
      .object({
        target: z.object({
          oid: z.string(),
          history: z.object({ nodes: z.array(z.object({ committedDate: z.string(), parents })) }),
        }),
      })
      .nullable(),
  })
  .nullable()

/** What `selectRecentCommits` brought; undefined where there are none. */
export function parseRecentCommits(raw: unknown): RecentCommits | undefined {
  const target = answer.parse(raw)?.defaultBranchRef?.target
  const nodes = target?.history.nodes ?? []
  if (target === undefined || nodes.length === 0) return undefined
  return {
    head: target.oid,
    newest: Math.max(...nodes.map(({ committedDate }) => Date.parse(committedDate))),
    base: nodes.length < RECENT_COMMITS ? nodes.at(-1)?.parents.nodes[0]?.oid : undefined,
  }
}

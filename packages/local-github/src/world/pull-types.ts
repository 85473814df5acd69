import type { Oid } from '../git/types.ts'
import type { Moment } from './types.ts'

/** What a pull request has beside its issue, which has its number, title, text, labels and state. */
export interface PullRequest {
  /** The issue's id, and its own. */
  readonly issueId: number
  /** Branch names; both are of the issue's repository. */
  readonly headRef: string
  headSha: Oid
  baseRef: string
  /** Where the base branch was when the request was last compared with it. */
  baseSha: Oid
  draft: boolean
  /** A commit that joins both, kept under `refs/pull/N/merge`; undefined when they conflict. */
  mergeCommit: Oid | undefined
  mergedAt: Moment | undefined
  mergedById: number | undefined
  readonly counts: { commits: number; files: number; additions: number; deletions: number }
}

import type { Selection } from '@switchyard/core'
import type { RepositoryName } from './port.ts'

export interface RecentCommitsWanted extends RepositoryName {
  /** A file or a folder. */
  readonly path: string
  /** ISO 8601. */
  readonly since: string
}

/** How many are read; of more, the oldest of a window is not known. */
export const RECENT_COMMITS = 30

/** The part of a query that reads the default branch's commits to a path since a moment. `parseRecentCommits` narrows the answer. */
export function selectRecentCommits(prefix: string, { owner, name, path, since }: RecentCommitsWanted): Selection<unknown> {
  return {
    fields: `${prefix}: repository(owner: $${prefix}Owner, name: $${prefix}Name) { defaultBranchRef { target { ... on Commit { oid
      history(first: ${RECENT_COMMITS}, path: $${prefix}Path, since: $${prefix}Since) { nodes { committedDate parents(first: 1) { nodes { oid } } } }
    } } } }`,
    variables: {
      [`${prefix}Owner`]: { type: 'String!', value: owner },
      [`${prefix}Name`]: { type: 'String!', value: name },
      [`${prefix}Path`]: { type: 'String!', value: path },
      [`${prefix}Since`]: { type: 'GitTimestamp!', value: since },
    },
    parse: (data) => data[prefix] ?? null,
  }
}

import { GitHubError } from '@switchyard/core'
import { z } from 'zod'
import { refuseGaps, toRefusal } from './graphql-refusal.ts'
import type { GitHubPort, RepositoryName } from './port.ts'
import { slicesOf } from './slices.ts'
import { ISSUE_SORTING, TREE_ISSUE, toTreeIssue, type TreeIssue, treeIssueAnswer } from './tree-issue.ts'

const listing = z.object({
  repository: z.object({
    issues: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(treeIssueAnswer),
    }),
  }),
})

/** Issues created since a moment (ms since the epoch), newest first; a hundred a request. A listing, which does not lag as a search does. */
export async function readIssuesSince(github: GitHubPort, { owner, name }: RepositoryName, since: number): Promise<readonly TreeIssue[]> {
  const query = `query($owner: String!, $name: String!, $since: DateTime!, $after: String) {
  repository(owner: $owner, name: $name) {
    issues(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }, filterBy: { since: $since }) {
      pageInfo { hasNextPage endCursor } nodes { ${TREE_ISSUE} }
    }
  }
}`
  // GitHub's moments have whole seconds.
  const from = Math.floor(since / 1000) * 1000
  const found: TreeIssue[] = []
  for (let after: string | null = null; ;) {
    const { data, errors } = await github.graphql(query, { owner, name, since: new Date(from).toISOString(), after })
    refuseGaps(errors, 'issues: read')
    const { pageInfo, nodes } = listing.parse(data).repository.issues
    const fresh = nodes.filter(({ createdAt }) => Date.parse(createdAt) >= from)
    found.push(...fresh.map(toTreeIssue))
    if (!pageInfo.hasNextPage || fresh.length < nodes.length) return found
    after = pageInfo.endCursor
  }
}

const numbered = z.object({ repository: z.object({ hasIssuesEnabled: z.boolean() }).catchall(treeIssueAnswer.nullable()) })

const SWITCHED_OFF = { status: 410, route: 'POST /graphql', hint: 'Switch issues on in the settings of the repository.' } as const

/** Aliases of one request. */
const NUMBERS = 100

/**
 * Issues by number, a hundred a request; what GitHub says is not there, or is a pull request, is not in it.
 * @throws {GitHubError} `GITHUB_GONE` where issues are switched off: GitHub says of each that it is not there, and has them all
 */
export function readIssuesByNumber(
  github: GitHubPort,
  repository: RepositoryName,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, TreeIssue>> {
  return readByNumber(github, repository, { numbers, fields: TREE_ISSUE })
}

/** As `readIssuesByNumber`, with what sorts them. */
export function readSortedIssues(
  github: GitHubPort,
  repository: RepositoryName,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, TreeIssue>> {
  return readByNumber(github, repository, { numbers, fields: `${TREE_ISSUE} ${ISSUE_SORTING}` })
}

interface Wanted {
  readonly numbers: readonly number[]
  /** Of each. */
  readonly fields: string
}

async function readByNumber(
  github: GitHubPort,
  { owner, name }: RepositoryName,
  { numbers, fields: wanted }: Wanted,
): Promise<ReadonlyMap<number, TreeIssue>> {
  const found = new Map<number, TreeIssue>()
  for (const slice of slicesOf([...new Set(numbers)], NUMBERS)) {
    const fields = slice.map((number, at) => `n${at}: issue(number: ${number}) { ${wanted} }`).join('\n')
    const query = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { hasIssuesEnabled\n${fields}\n} }`
    const { data, errors } = await github.graphql(query, { owner, name })
    const other = errors.find(({ type, path }) => type !== 'NOT_FOUND' || path?.length !== 2)
    if (other !== undefined) throw toRefusal(other, 'issues: read')
    const { hasIssuesEnabled, ...issues } = numbered.parse(data).repository
    // The status is the one that REST answers with.
    if (!hasIssuesEnabled) throw new GitHubError('GITHUB_GONE', `Issues are switched off in ${owner}/${name}.`, SWITCHED_OFF)
    for (const each of Object.values(issues)) if (each !== null) found.set(each.number, toTreeIssue(each))
  }
  return found
}

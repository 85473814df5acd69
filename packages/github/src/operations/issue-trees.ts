import { GitHubError, slicesOf, UserError } from '@switchyard/core'
import { z } from 'zod'
import { refuseGaps, toRefusal } from './graphql-refusal.ts'
import type { GitHubPort, RepositoryName } from './port.ts'
import { ISSUE_SORTING, TREE_ISSUE, toTreeIssue, type TreeIssue, treeIssueAnswer } from './tree-issue.ts'

const ROUTE = 'POST /graphql'

const listing = z.object({
  repository: z.object({
    issues: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(treeIssueAnswer),
    }),
  }),
})

/** Pages of one listing: no run reads on for ever. */
const MAX_PAGES = 100

/**
 * Issues created since a moment (ms since the epoch), newest first; a hundred a request. A listing, which does not lag as a search does.
 *
 * @throws {UserError} `TOO_MANY_ISSUES` where more than 10,000 were created or changed since.
 */
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
  const moment = new Date(from).toISOString()
  const found: TreeIssue[] = []
  let after: string | null = null
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { data, errors } = await github.graphql(query, { owner, name, since: moment, after })
    refuseGaps(errors, 'issues: read')
    const { pageInfo, nodes } = listing.parse(data).repository.issues
    const fresh = nodes.filter(({ createdAt }) => Date.parse(createdAt) >= from)
    found.push(...fresh.map(toTreeIssue))
    if (!pageInfo.hasNextPage || fresh.length < nodes.length) return found
    // Without one the listing would begin again.
    if (pageInfo.endCursor === null) {
      throw new GitHubError('GITHUB_UNEXPECTED', 'GitHub says that there are more issues, and not where.', { status: 200, route: ROUTE })
    }
    after = pageInfo.endCursor
  }
  throw new UserError('TOO_MANY_ISSUES', `More than ${MAX_PAGES * 100} issues of ${owner}/${name} are newer than ${moment}.`, {
    hint: 'One run looks through no more.',
  })
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

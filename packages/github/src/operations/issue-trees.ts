import { z } from 'zod'
import { refuseGaps, toRefusal } from './graphql-refusal.ts'
import type { GitHubPort, RepositoryName } from './port.ts'
import { slicesOf } from './slices.ts'
import { ISSUE_SORTING, TREE_ISSUE, toTreeIssue, type TreeIssue, type TreeIssueAnswer, treeIssueAnswer } from './tree-issue.ts'

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

/** Aliases of one request. */
const NUMBERS = 100

/** Issues by number, a hundred a request; what GitHub says is not there, or is a pull request, is not in it. */
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
    const query = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {\n${fields}\n} }`
    const { data, errors } = await github.graphql(query, { owner, name })
    const other = errors.find(({ type, path }) => type !== 'NOT_FOUND' || path?.length !== 2)
    if (other !== undefined) throw toRefusal(other, 'issues: read')
    const { repository } = z.object({ repository: z.record(z.string(), treeIssueAnswer.nullable()) }).parse(data)
    for (const each of Object.values(repository)) if (each !== null) found.set(each.number, toTreeIssue(each))
  }
  return found
}

/** Parents of one request: each may have a hundred children with fifty blockers each, and GitHub allows 500,000 nodes a request. */
const PARENTS = 40
const CHILDREN = `repository { id } subIssues(first: 100) { nodes { ${TREE_ISSUE} } }`

const parent = z.object({ repository: z.object({ id: z.string() }), subIssues: z.object({ nodes: z.array(treeIssueAnswer.nullable()) }) })

/** The children of a parent, in its order, that are of its own repository: others have numbers that mean nothing here. */
function childrenOf({ repository, subIssues }: z.infer<typeof parent>): readonly TreeIssueAnswer[] {
  return subIssues.nodes.filter((issue) => issue !== null).filter((issue) => issue.repository.id === repository.id)
}

/**
 * The children of issues by the parents' GraphQL ids, a hundred each (GitHub's ceiling), forty parents a request; children in other
 * repositories are left out. A parent that is gone is not in it.
 */
export async function readSubIssues(github: GitHubPort, parentIds: readonly string[]): Promise<ReadonlyMap<string, readonly TreeIssue[]>> {
  const found = new Map<string, readonly TreeIssue[]>()
  const query = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { ${CHILDREN} } } }`
  for (const slice of slicesOf([...new Set(parentIds)], PARENTS)) {
    const { data, errors } = await github.graphql(query, { ids: slice })
    const other = errors.find(({ type, path }) => type !== 'NOT_FOUND' || path?.length !== 2)
    if (other !== undefined) throw toRefusal(other, 'issues: read')
    const { nodes } = z.object({ nodes: z.array(parent.nullable()) }).parse(data)
    for (const [at, id] of slice.entries()) {
      const node = nodes[at] ?? undefined
      if (node !== undefined) found.set(id, childrenOf(node).map(toTreeIssue))
    }
  }
  return found
}

/** GitHub's ceiling (docs.github.com, adding sub-issues). */
const LEVELS = 8

/**
 * An issue with all that stands under it in its repository, parents before their children, level by level; undefined when there is no
 * such issue. One request for the first two levels, and one more for each level below them (for forty parents).
 */
export async function readIssueTree(
  github: GitHubPort,
  { owner, name, number }: RepositoryName & { readonly number: number },
): Promise<readonly TreeIssue[] | undefined> {
  const query = `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { issue(number: $number) { ${TREE_ISSUE} ${CHILDREN} } }
}`
  const { data, errors } = await github.graphql(query, { owner, name, number })
  if (errors.length > 0 && errors.every(({ type }) => type === 'NOT_FOUND')) return undefined
  refuseGaps(errors, 'issues: read')
  const { issue } = z.object({ repository: z.object({ issue: treeIssueAnswer.extend(parent.shape) }) }).parse(data).repository
  const tree = [toTreeIssue(issue)]
  let level: readonly TreeIssue[] = childrenOf(issue).map(toTreeIssue)
  // One more than the ceiling, which counts the levels under the first issue or not: GitHub's words leave it open.
  for (let depth = 0; level.length > 0 && depth <= LEVELS; depth += 1) {
    tree.push(...level)
    const parents = level.filter(({ children }) => children > 0).map(({ nodeId }) => nodeId)
    level = parents.length === 0 ? [] : [...(await readSubIssues(github, parents)).values()].flat()
  }
  return tree
}

import { GitHubError } from '@switchyard/core'
import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'
import { slicesOf } from './slices.ts'

export interface IssueWanted {
  /** At most 256 characters. */
  readonly title: string
  /** At most 65,536 characters: a longer one is refused. */
  readonly body: string
  /** GraphQL's id of the issue that it belongs under; undefined: none. */
  readonly parentId?: string | undefined
}

export interface OpenedIssue {
  readonly nodeId: string
  readonly number: number
  readonly url: string
}

/** Mutations of one request; their bodies together stay under a megabyte. */
const PER_REQUEST = 8
const ROUTE = 'POST /graphql'

const opened = z.object({ issue: z.object({ id: z.string(), number: z.number(), url: z.string(), body: z.string() }) })

/**
 * Opens issues, eight a request, all requests at once: their numbers need not follow one another. Where some stand under a parent, the
 * requests follow one another, since links under one parent must not overlap (`drawInOrder`). The answer is in the order of what was
 * wanted. @throws {GitHubError} for the first that was refused or not kept whole, when all requests are over; others stand.
 */
export async function openIssues(
  github: GitHubPort,
  repositoryId: string,
  issues: readonly IssueWanted[],
): Promise<readonly OpenedIssue[]> {
  const slices = slicesOf(issues, PER_REQUEST)
  const open = (slice: readonly IssueWanted[]) => openSome(github, repositoryId, slice)
  const settled = issues.some(({ parentId }) => parentId !== undefined)
    ? await settleInTurn(slices, open)
    : await Promise.allSettled(slices.map(open))
  return settled.flatMap((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
}

async function settleInTurn<Item, Done>(
  items: readonly Item[],
  work: (item: Item) => Promise<Done>,
): Promise<readonly PromiseSettledResult<Done>[]> {
  const settled: PromiseSettledResult<Done>[] = []
  for (const item of items) settled.push(...(await Promise.allSettled([work(item)])))
  return settled
}

async function openSome(github: GitHubPort, repositoryId: string, issues: readonly IssueWanted[]): Promise<readonly OpenedIssue[]> {
  const head = issues.map((_, at) => `$i${at}: CreateIssueInput!`).join(', ')
  const fields = issues.map((_, at) => `n${at}: createIssue(input: $i${at}) { issue { id number url body } }`).join('\n')
  const inputs = issues.map(({ title, body, parentId }) => ({
    repositoryId,
    title,
    body,
    ...(parentId !== undefined && { parentIssueId: parentId }),
  }))
  const { data, errors } = await github.graphql(
    `mutation openIssues(${head}) {\n${fields}\n}`,
    Object.fromEntries(inputs.map((input, at) => [`i${at}`, input])),
  )
  return issues.map(({ title, body }, at) => {
    const refused = errors.find(({ path }) => path?.[0] === `n${at}`)
    if (refused !== undefined) {
      throw new GitHubError('GITHUB_UNPROCESSABLE', `“${title}” could not be opened: ${refused.message}`, { status: 200, route: ROUTE })
    }
    const { issue } = opened.parse(data[`n${at}`])
    if (issue.body !== body) {
      throw new GitHubError('GITHUB_UNEXPECTED', `GitHub did not keep the text of issue #${issue.number}.`, { status: 200, route: ROUTE })
    }
    return { nodeId: issue.id, number: issue.number, url: issue.url }
  })
}

const listed = z.object({
  repository: z.object({
    id: z.string(),
    issues: z.object({ nodes: z.array(z.object({ number: z.number(), title: z.string(), viewerDidAuthor: z.boolean() })) }),
  }),
})

/** Issues that the token itself opened. */
export interface OwnIssues {
  /** GraphQL's. */
  readonly repositoryId: string
  /** Of the repository's newest hundred issues, newest first. */
  readonly issues: readonly { readonly number: number; readonly title: string }[]
}

/** The repository's GraphQL id, and which of its newest hundred issues the token itself opened. */
export async function findOwnIssues(github: GitHubPort, { owner, name }: RepositoryName): Promise<OwnIssues> {
  const query = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    id
    issues(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { number title viewerDidAuthor } }
  }
}`
  const { data } = await github.graphql(query, { owner, name })
  const { repository } = listed.parse(data)
  return { repositoryId: repository.id, issues: repository.issues.nodes.filter(({ viewerDidAuthor }) => viewerDidAuthor) }
}

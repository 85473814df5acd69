import { GitHubError, type GraphqlAnswer, slicesOf } from '@switchyard/core'
import { z } from 'zod'
import type { Part } from './drawing.ts'
import { findRefusal, sayRefusal } from './graphql-refusal.ts'
import type { GitHubPort, RepositoryName } from './port.ts'
import { sendRequest } from './send-parts.ts'

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
  const toPart = (issue: IssueWanted): Part => toCreation(repositoryId, issue)
  const sending = { toPart, judge: requireOpened, operation: 'openIssues', needed: 'issues: write' }
  const open = (slice: readonly IssueWanted[]) => sendRequest(github, slice, sending)
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

function toCreation(repositoryId: string, { title, body, parentId }: IssueWanted): Part {
  const input = { repositoryId, title, body, ...(parentId !== undefined && { parentIssueId: parentId }) }
  return { field: 'createIssue', type: 'CreateIssueInput', input, back: 'issue { id number url body }' }
}

function requireOpened({ title, body }: IssueWanted, { data, errors }: GraphqlAnswer, alias: string): OpenedIssue {
  const refused = findRefusal({ errors, alias })
  if (refused !== undefined) {
    throw new GitHubError('GITHUB_UNPROCESSABLE', `“${title}” could not be opened: ${sayRefusal(refused, 'issues: write')}`, {
      status: 200,
      route: ROUTE,
    })
  }
  const { issue } = opened.parse(data[alias])
  if (issue.body !== body) {
    throw new GitHubError('GITHUB_UNEXPECTED', `GitHub did not keep the text of issue #${issue.number}.`, { status: 200, route: ROUTE })
  }
  return { nodeId: issue.id, number: issue.number, url: issue.url }
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

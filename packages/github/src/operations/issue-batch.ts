import { GitHubError, type GraphqlAnswer } from '@switchyard/core'
import { z } from 'zod'
import type { Drawn } from './draw-together.ts'
import { composeMutation, type Drawing, judgeDrawing, type Part, toPart } from './drawing.ts'
import { findRefusal, isForbidden, sayRefusal, toRefusal } from './graphql-refusal.ts'
import type { GitHubPort } from './port.ts'

/** An issue to make. All ids are GraphQL's. */
export interface IssueToMake {
  /** 1 to 256 characters. */
  readonly title: string
  /** At most 65,536 characters. */
  readonly body: string
  /** The issue that it belongs under. */
  readonly parentId?: string | undefined
  readonly labelIds?: readonly string[] | undefined
  readonly milestoneId?: string | undefined
  readonly assigneeIds?: readonly string[] | undefined
}

/** What an issue was made without, though it was asked for: GitHub drops it in silence (REST: issues/create). Ids are GraphQL's. */
export interface Dropped {
  readonly labels: readonly string[]
  readonly milestone: boolean
  readonly assignees: readonly string[]
  readonly parent: boolean
  /** The text that was kept is not the one that was sent. */
  readonly body: boolean
}

export type MadeIssue =
  | { readonly kind: 'created'; readonly nodeId: string; readonly number: number; readonly url: string; readonly dropped: Dropped }
  /**
   * GitHub made none, with two exceptions: without a `type` it named no reason, which proves nothing; and one that was to stand under a
   * parent may stand without it, since GitHub does not say that it makes and links in one step.
   */
  | {
      readonly kind: 'refused'
      readonly type: string | undefined
      /** Whether the token may not: no other try comes to more. */
      readonly isForbidden: boolean
      readonly message: string
    }

export interface IssueBatch {
  /** GraphQL's. */
  readonly repositoryId: string
  /** Few enough for one request: each is a content write of the 80 a minute and 500 an hour. */
  readonly issues: readonly IssueToMake[]
  /** Drawn in the same request, after the issues. */
  readonly beside?: readonly Drawing[]
}

export interface MadeBatch {
  /** In the order of what was wanted. */
  readonly issues: readonly MadeIssue[]
  readonly beside: Drawn
}

const BACK =
  'issue { id number url body parent { id } milestone { id } labels(first: 100) { nodes { id } } assignees(first: 20) { nodes { id } } }'
const ids = z.object({ nodes: z.array(z.object({ id: z.string() })) }).nullish()
const made = z.object({
  issue: z.object({
    id: z.string(),
    number: z.number(),
    url: z.string(),
    body: z.string(),
    parent: z.object({ id: z.string() }).nullish(),
    milestone: z.object({ id: z.string() }).nullish(),
    labels: ids,
    assignees: ids,
  }),
})

/**
 * Makes issues in one request, in their order: what one is refused keeps none of the others back, and those before it stand.
 *
 * @throws {GitHubError} for the request as a whole; `GITHUB_ANSWER_LOST`, `GITHUB_UNAVAILABLE` and `GITHUB_UNEXPECTED` do not prove that
 * nothing was made: look before making anything again.
 */
export async function createIssueBatch(github: GitHubPort, { repositoryId, issues, beside = [] }: IssueBatch): Promise<MadeBatch> {
  const { document, variables } = composeMutation([
    { prefix: 'n', parts: issues.map((issue) => toCreation(repositoryId, issue)) },
    { prefix: 'd', parts: beside.map(toPart) },
  ])
  const answer = await github.graphql(document, variables)
  return {
    issues: issues.map((issue, at) => readMade(issue, answer, `n${at}`)),
    beside: beside.map((drawing, at) => judgeDrawing(drawing, answer, `d${at}`)),
  }
}

function toCreation(repositoryId: string, { title, body, parentId, labelIds = [], milestoneId, assigneeIds = [] }: IssueToMake): Part {
  const input = {
    repositoryId,
    title,
    body,
    ...(parentId !== undefined && { parentIssueId: parentId }),
    ...(labelIds.length > 0 && { labelIds }),
    ...(milestoneId !== undefined && { milestoneId }),
    ...(assigneeIds.length > 0 && { assigneeIds }),
  }
  return { field: 'createIssue', type: 'CreateIssueInput', input, back: BACK }
}

function readMade(wanted: IssueToMake, { data, errors }: GraphqlAnswer, alias: string): MadeIssue {
  const parsed = made.safeParse(data[alias])
  if (parsed.success) {
    const { id: nodeId, number, url, ...kept } = parsed.data.issue
    return { kind: 'created', nodeId, number, url, dropped: findDropped(wanted, kept) }
  }
  const refused = findRefusal({ errors, alias })
  if (refused !== undefined) {
    const { type } = refused
    return { kind: 'refused', type, isForbidden: isForbidden(type), message: sayRefusal(refused, 'issues: write') }
  }
  const [other] = errors
  if (other !== undefined) throw toRefusal({ ...other, type: undefined })
  throw new GitHubError('GITHUB_UNEXPECTED', 'GitHub did not say what became of an issue.', { status: 200, route: 'POST /graphql' })
}

type Kept = Omit<z.infer<typeof made>['issue'], 'id' | 'number' | 'url'>

/** What GitHub could not give back counts as dropped: it is told, not believed. */
function findDropped(wanted: IssueToMake, { body, parent, milestone, labels, assignees }: Kept): Dropped {
  const without = (asked: readonly string[] = [], kept: z.infer<typeof ids>): readonly string[] =>
    asked.filter((id) => !(kept?.nodes ?? []).some((node) => node.id === id))
  return {
    labels: without(wanted.labelIds, labels),
    assignees: without(wanted.assigneeIds, assignees),
    milestone: wanted.milestoneId !== undefined && milestone?.id !== wanted.milestoneId,
    parent: wanted.parentId !== undefined && parent?.id !== wanted.parentId,
    body: body !== wanted.body,
  }
}

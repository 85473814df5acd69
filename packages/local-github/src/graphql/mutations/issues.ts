import { changeIssue, openIssue } from '../../acts/issues.ts'
import { isBodyTooLong, TITLE_CHARACTERS } from '../../world/limits.ts'
import type { Repository, StateReason } from '../../world/types.ts'
import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { getNode, getRepositoryNode, unknownNode } from '../nodes.ts'
import { requireWrite } from '../permissions.ts'
import { notImplemented, unprocessable } from '../refusal.ts'
import { source } from '../sources.ts'
import { linkSubIssue } from './issue-links.ts'
import { requireIssueWrite } from './issue-permission.ts'

export function refuseLongBody(body: string | undefined): void {
  if (isBodyTooLong(body ?? '')) throw unprocessable('Body is too long (maximum is 65536 characters)')
}

function refuseTitle(title: string | undefined): void {
  if (title?.trim() === '') throw unprocessable("Title can't be blank")
  if ([...(title ?? '')].length > TITLE_CHARACTERS) throw unprocessable(`Title is too long (maximum is ${TITLE_CHARACTERS} characters)`)
}

function refuseUnknown(input: Args, where: string): void {
  const texts = ['issueTemplate', 'duplicateIssueId'].filter((name) => input.findText(name) !== undefined)
  const lists = ['projectIds'].filter((name) => (input.findTexts(name)?.length ?? 0) > 0)
  const [name] = [...texts, ...lists]
  if (name !== undefined) throw notImplemented(`${where}.${name}`)
}

async function labelNames(context: GraphqlContext, ids: readonly string[] | undefined): Promise<readonly string[] | undefined> {
  if (ids === undefined) return undefined
  return (await Promise.all(ids.map((id) => getNode(context, 'Label', id)))).map((label) => label.name)
}

interface Sorting {
  readonly labels: readonly string[] | undefined
  readonly assignees: readonly string[] | undefined
  /** Its number; null takes it away. */
  readonly milestone: number | null | undefined
}

/** What sorts an issue. Each must be there; that it is dropped without push access is another matter. */
async function readSorting(input: Args, context: GraphqlContext, repository: Repository): Promise<Sorting> {
  const [labels, users] = [await labelNames(context, input.findTexts('labelIds')), input.findTexts('assigneeIds')]
  const accounts = users && (await Promise.all(users.map((id) => getNode(context, 'User', id))))
  const id = input.findText('milestoneId')
  const milestone = id === undefined ? undefined : await getNode(context, 'Milestone', id)
  if (id !== undefined && milestone?.repositoryId !== repository.id) throw unknownNode(id)
  return {
    labels,
    assignees: accounts?.map(({ login }) => login),
    milestone: milestone?.number ?? (input.has('milestoneId') ? null : undefined),
  }
}

export async function createIssue(input: Args, context: GraphqlContext) {
  const repository = await getRepositoryNode(context, input.text('repositoryId'))
  requireWrite(context, { repository, permissions: ['issues'], role: 'read', operation: 'CreateIssue' })
  refuseUnknown(input, 'CreateIssueInput')
  if (!repository.features.issues) throw unprocessable('Issues are disabled for this repository')
  const [title, body, parentId] = [input.text('title'), input.findText('body'), input.findText('parentIssueId')]
  refuseTitle(title)
  refuseLongBody(body)
  const { labels, assignees, milestone } = await readSorting(input, context, repository)
  const parent = parentId === undefined ? undefined : await getNode(context, 'Issue', parentId)
  // Whether GitHub takes the issue back when its parent refuses it is not known; the harder answer is played: it stays.
  const issue = openIssue(context.world, context.viewer, {
    repository,
    input: { title, body, labels, assignees, milestone: milestone ?? undefined },
  })
  if (parent !== undefined) await linkSubIssue(context, { parent, child: issue, replace: false })
  return { issue: source('Issue', issue) }
}

/** A body over the limit is dropped without a word, as by REST (github-facts 6.2). */
export async function updateIssue(input: Args, context: GraphqlContext) {
  const issue = await getNode(context, 'Issue', input.text('id'))
  const repository = requireIssueWrite(context, issue, 'UpdateIssue')
  refuseUnknown(input, 'UpdateIssueInput')
  const [title, body, state] = [input.findText('title'), input.findText('body'), input.findText('state')]
  refuseTitle(title)
  const sorting = await readSorting(input, context, repository)
  const wanted = state === undefined ? undefined : state === 'CLOSED' ? ('closed' as const) : ('open' as const)
  changeIssue(context.world, context.viewer, { issue, changes: { title, body, ...sorting, state: wanted } })
  return { issue: source('Issue', issue) }
}

const reasons: Readonly<Record<string, StateReason>> = { COMPLETED: 'completed', NOT_PLANNED: 'not_planned', DUPLICATE: 'duplicate' }

export async function closeIssue(input: Args, context: GraphqlContext) {
  const issue = await getNode(context, 'Issue', input.text('issueId'))
  requireIssueWrite(context, issue, 'CloseIssue')
  refuseUnknown(input, 'CloseIssueInput')
  const stateReason = reasons[input.findText('stateReason') ?? 'COMPLETED']
  changeIssue(context.world, context.viewer, { issue, changes: { state: 'closed', stateReason } })
  return { issue: source('Issue', issue) }
}

export async function reopenIssue(input: Args, context: GraphqlContext) {
  const issue = await getNode(context, 'Issue', input.text('issueId'))
  requireIssueWrite(context, issue, 'ReopenIssue')
  changeIssue(context.world, context.viewer, { issue, changes: { state: 'open' } })
  return { issue: source('Issue', issue) }
}

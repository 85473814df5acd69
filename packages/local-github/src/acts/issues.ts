import type { TokenViewer, Viewer } from '../auth/viewer.ts'
import { isAllowed } from '../auth/access.ts'
import { announce, senderOf } from '../events/announce.ts'
import { presentWebhookIssue } from '../present/issues.ts'
import { presentPull } from '../present/pulls.ts'
import { takeId, type WorldContext } from '../world/context.ts'
import { addLabel, findLabel } from '../world/labels.ts'
import { isBodyTooLong } from '../world/limits.ts'
import { findAccount } from '../world/accounts.ts'
import { findPull } from '../world/pulls.ts'
import { getRepository, isAtLeast, roleOf } from '../world/repositories.ts'
import type { Issue, PullRequest, Repository, StateReason } from '../world/types.ts'

export interface IssueInput {
  readonly title: string
  readonly body?: string | undefined
  readonly labels?: readonly string[] | undefined
  readonly assignees?: readonly string[] | undefined
  readonly milestone?: number | undefined
}

export interface IssueChanges {
  readonly title?: string | undefined
  readonly body?: string | null | undefined
  readonly state?: 'open' | 'closed' | undefined
  readonly stateReason?: StateReason | undefined
  readonly labels?: readonly string[] | undefined
  readonly assignees?: readonly string[] | undefined
  /** A milestone's number; null takes it away. */
  readonly milestone?: number | null | undefined
}

/** Who may set labels, milestone and assignees; for others these are dropped without a word. Source: OpenAPI issues/create. */
export function maySort(context: WorldContext, viewer: Viewer, repository: Repository): boolean {
  if (viewer.kind !== 'token') return false
  if (viewer.app === undefined && !isAtLeast(roleOf(context, repository, viewer.account), 'write')) return false
  return isAllowed(context, viewer, { repository, need: { permission: 'issues', level: 'write' } })
}

export interface NewIssue {
  readonly repository: Repository
  readonly input: IssueInput
  /** Makes it a pull request, which is announced by whoever opens it. */
  readonly asPull?: (issue: Issue) => PullRequest
}

/** Opens an issue. The body's length is the caller's to check: the two APIs refuse it in different words. */
export function openIssue(context: WorldContext, viewer: TokenViewer, wanted: NewIssue): Issue {
  const { repository, input, asPull } = wanted
  const at = context.clock.moment()
  const sorts = maySort(context, viewer, repository)
  const issue: Issue = {
    id: takeId(context),
    repositoryId: repository.id,
    number: repository.nextNumber,
    authorId: viewer.account.id,
    appId: viewer.app?.id,
    title: input.title,
    body: input.body,
    edited: undefined,
    state: 'open',
    stateReason: undefined,
    labelIds: sorts ? labelIds(context, repository, input.labels ?? []) : [],
    assigneeIds: sorts ? assigneeIds(context, repository, input.assignees ?? []) : [],
    milestoneId: sorts ? milestoneId(context, repository, input.milestone) : undefined,
    locked: false,
    lockReason: undefined,
    subIssueIds: [],
    parentId: undefined,
    blockedByIds: [],
    createdAt: at,
    updatedAt: at,
    closedAt: undefined,
    closedById: undefined,
  }
  repository.nextNumber += 1
  context.state.issues.set(issue.id, issue)
  if (asPull === undefined) announceIssue(context, viewer, { issue, action: 'opened' })
  else context.state.pulls.set(issue.id, asPull(issue))
  return issue
}

/** Changes an issue. A body over the limit is ignored without a word, as GitHub does (github-facts 6.2). */
export function changeIssue(
  context: WorldContext,
  viewer: TokenViewer,
  { issue, changes }: { readonly issue: Issue; readonly changes: IssueChanges },
): void {
  const repository = getRepository(context, issue.repositoryId)
  const edits = {
    ...(changes.title !== undefined && { title: { from: issue.title } }),
    ...(changes.body !== undefined && { body: { from: issue.body ?? '' } }),
  }
  if (changes.title !== undefined) issue.title = changes.title
  if (changes.body !== undefined && !isBodyTooLong(changes.body ?? '')) {
    issue.body = changes.body ?? undefined
    issue.edited = { at: context.clock.moment(), byId: viewer.account.id }
  }
  if (maySort(context, viewer, repository)) {
    if (changes.labels !== undefined) issue.labelIds = labelIds(context, repository, changes.labels)
    if (changes.assignees !== undefined) issue.assigneeIds = assigneeIds(context, repository, changes.assignees)
    if (changes.milestone !== undefined) issue.milestoneId = milestoneId(context, repository, changes.milestone ?? undefined)
  }
  issue.updatedAt = context.clock.moment()
  if (Object.keys(edits).length > 0) announceIssue(context, viewer, { issue, action: 'edited', content: { changes: edits } })
  if (changes.state !== undefined) setState(context, viewer, { issue, state: changes.state, reason: changes.stateReason })
}

function setState(
  context: WorldContext,
  viewer: TokenViewer,
  { issue, state, reason }: { readonly issue: Issue; readonly state: 'open' | 'closed'; readonly reason: StateReason | undefined },
): void {
  const wasClosed = issue.state === 'closed'
  issue.state = state
  if (state === 'closed') {
    // A pull request is merged or closed, for no reason that has a name.
    issue.stateReason = findPull(context, issue) === undefined ? (reason ?? 'completed') : undefined
    issue.closedAt ??= context.clock.moment()
    issue.closedById ??= viewer.account.id
    if (!wasClosed) announceIssue(context, viewer, { issue, action: 'closed' })
  } else if (wasClosed) {
    issue.stateReason = findPull(context, issue) === undefined ? 'reopened' : undefined
    issue.closedAt = undefined
    issue.closedById = undefined
    announceIssue(context, viewer, { issue, action: 'reopened' })
  }
}

export interface IssueEvent {
  readonly issue: Issue
  readonly action: string
  /** What the event has beside the issue. */
  readonly content?: Readonly<Record<string, unknown>>
}

/** Delivers an `issues` event, or a `pull_request` event for what is one. */
export function announceIssue(context: WorldContext, viewer: Viewer, { issue, action, content }: IssueEvent): void {
  const repository = getRepository(context, issue.repositoryId)
  const pull = findPull(context, issue)
  if (pull !== undefined) {
    const about = { number: issue.number, pull_request: presentPull(context, { issue, pull }) }
    announce(context, {
      name: 'pull_request',
      action,
      repository,
      ...senderOf(context, viewer, repository),
      content: { ...about, ...content },
    })
    return
  }
  announce(context, {
    name: 'issues',
    action,
    repository,
    ...senderOf(context, viewer, repository),
    content: { issue: presentWebhookIssue(context, issue), ...content },
  })
}

/** Labels that do not exist are made. */
export function labelIds(context: WorldContext, repository: Repository, names: readonly string[]): number[] {
  return [...new Set(names.map((name) => (findLabel(context, repository, name) ?? addLabel(context, repository, { name })).id))]
}

/** Only who can see the repository can be assigned; others are dropped. */
function assigneeIds(context: WorldContext, repository: Repository, logins: readonly string[]): number[] {
  const accounts = logins.map((login) => findAccount(context, login)).filter((account) => account !== undefined)
  return [...new Set(accounts.filter((account) => roleOf(context, repository, account) !== 'none').map((account) => account.id))]
}

function milestoneId(context: WorldContext, repository: Repository, number: number | undefined): number | undefined {
  return [...context.state.milestones.values()].find((each) => each.repositoryId === repository.id && each.number === number)?.id
}

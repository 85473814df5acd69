import { announceIssue, maySort } from '../../acts/issues.ts'
import { presentAccount } from '../../present/accounts.ts'
import { getRepository, roleOf } from '../../world/repositories.ts'
import type { Account, Issue } from '../../world/types.ts'
import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { getNode } from '../nodes.ts'
import { source } from '../sources.ts'
import { requireIssueWrite } from './issue-permission.ts'

/** Source: GitHub docs, "Assigning issues and pull requests to other GitHub users". */
const MAX_ASSIGNEES = 10

interface Assigning {
  readonly issue: Issue
  /** None where the token may not assign: GitHub drops them without a word (REST docs, "Add assignees to an issue"). */
  readonly accounts: readonly Account[]
}

async function readAssigning(input: Args, context: GraphqlContext, operation: string): Promise<Assigning> {
  const issue = await getNode(context, 'Issue', input.text('assignableId'))
  const repository = requireIssueWrite(context, issue, operation)
  const accounts = await Promise.all((input.findTexts('assigneeIds') ?? []).map((id) => getNode(context, 'User', id)))
  return { issue, accounts: maySort(context.world, context.viewer, repository) ? accounts : [] }
}

export async function addAssigneesToAssignable(input: Args, context: GraphqlContext) {
  const { issue, accounts } = await readAssigning(input, context, 'AddAssigneesToAssignable')
  const repository = getRepository(context.world, issue.repositoryId)
  for (const account of accounts) {
    const isFull = issue.assigneeIds.length >= MAX_ASSIGNEES
    if (isFull || issue.assigneeIds.includes(account.id) || roleOf(context.world, repository, account) === 'none') continue
    issue.assigneeIds = [...issue.assigneeIds, account.id]
    announce(context, { issue, account, action: 'assigned' })
  }
  return { assignable: source('Issue', issue) }
}

export async function removeAssigneesFromAssignable(input: Args, context: GraphqlContext) {
  const { issue, accounts } = await readAssigning(input, context, 'RemoveAssigneesFromAssignable')
  for (const account of accounts.filter(({ id }) => issue.assigneeIds.includes(id))) {
    issue.assigneeIds = issue.assigneeIds.filter((id) => id !== account.id)
    announce(context, { issue, account, action: 'unassigned' })
  }
  return { assignable: source('Issue', issue) }
}

interface Assigned {
  readonly issue: Issue
  readonly account: Account
  readonly action: 'assigned' | 'unassigned'
}

function announce({ world, viewer }: GraphqlContext, { issue, account, action }: Assigned): void {
  issue.updatedAt = world.clock.moment()
  announceIssue(world, viewer, { issue, action, content: { assignee: presentAccount(world, account) } })
}

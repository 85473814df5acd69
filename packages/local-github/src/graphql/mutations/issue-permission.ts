import { getRepository } from '../../world/repositories.ts'
import type { Issue, Repository } from '../../world/types.ts'
import type { GraphqlContext } from '../context.ts'
import { requireWrite } from '../permissions.ts'

/** People may change what they wrote themselves; else it takes triage. */
export function requireIssueWrite(context: GraphqlContext, issue: Issue, operation: string): Repository {
  const repository = getRepository(context.world, issue.repositoryId)
  const role = issue.authorId === context.viewer.account.id ? 'read' : 'triage'
  requireWrite(context, { repository, permissions: ['issues'], role, operation })
  return repository
}

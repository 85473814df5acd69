import { connect } from '../connection.ts'
import { fieldsOf } from '../fields.ts'
import { branchRef } from '../../git/ref-names.ts'
import { getAccount } from '../../world/accounts.ts'
import { findIssue, issuesOf } from '../../world/issues.ts'
import { findPull } from '../../world/pulls.ts'
import { findLabel, labelsOf } from '../../world/labels.ts'
import { milestonesOf } from '../../world/milestones.ts'
import { nodeId } from '../../world/node-ids.ts'
import { fullName, isAtLeast, roleOf } from '../../world/repositories.ts'
import type { GraphqlContext } from '../context.ts'
import { refuseArguments, sortBy } from '../ordering.ts'
import { requireRead } from '../permissions.ts'
import { notFound, notImplemented } from '../refusal.ts'
import { accountSource, source } from '../sources.ts'
import { repositoryPath, repositoryUrl } from '../urls.ts'
import type { Repository } from '../../world/types.ts'
import { findExpression, findRef, objectSource } from './git.ts'
import { connectIssues } from './issue-lists.ts'
import { labelOrders } from './issue.ts'
import { connectMilestones } from './milestone.ts'

/** A person's role; what an App's token may do is not a role. */
function viewerPermission(context: GraphqlContext, repository: Repository): string | null {
  if (context.viewer.account.type === 'Bot') throw notImplemented('Repository.viewerPermission for an App')
  const role = roleOf(context.world, repository, context.viewer.account)
  return role === 'none' ? null : role.toUpperCase()
}

/** Where issues are switched off, GitHub answers for one that is there as for one that never was (cli/cli#240). */
function readIssue(context: GraphqlContext, repository: Repository, number: number) {
  requireRead(context, repository, 'issues')
  const found = repository.features.issues ? findIssue(context.world, repository, number) : undefined
  const issue = found === undefined || findPull(context.world, found) !== undefined ? undefined : found
  if (issue === undefined) throw notFound(`Could not resolve to an Issue with the number of ${number}.`)
  return source('Issue', issue)
}

export const repositoryFields = fieldsOf('Repository', {
  id: ({ value }) => nodeId('repository', value.id),
  databaseId: ({ value }) => value.id,
  name: ({ value }) => value.name,
  nameWithOwner: ({ value, context }) => fullName(context.world, value),
  owner: ({ value, context }) => accountSource(getAccount(context.world, value.ownerId)),
  description: ({ value }) => value.description ?? null,
  visibility: ({ value }) => value.visibility.toUpperCase(),
  isPrivate: ({ value }) => value.visibility !== 'public',
  isArchived: ({ value }) => value.archived,
  isInOrganization: ({ value, context }) => getAccount(context.world, value.ownerId).type === 'Organization',
  // The embedded GitHub has no way to fork, to make a template or to disable a repository.
  isFork: () => false,
  isTemplate: () => false,
  isDisabled: () => false,
  isEmpty: async ({ value, context }) => (await context.git(value).listRefs('refs/heads/')).length === 0,
  hasIssuesEnabled: ({ value }) => value.features.issues,
  hasProjectsEnabled: ({ value }) => value.features.projects,
  hasWikiEnabled: ({ value }) => value.features.wiki,
  hasDiscussionsEnabled: ({ value }) => value.features.discussions,
  createdAt: ({ value }) => value.createdAt,
  updatedAt: ({ value }) => value.updatedAt,
  pushedAt: ({ value }) => value.pushedAt,
  url: ({ value, context }) => repositoryUrl(context.world, value),
  resourcePath: ({ value, context }) => repositoryPath(context.world, value),
  viewerPermission: ({ value, context }) => viewerPermission(context, value),
  defaultBranchRef: ({ value, context }) => findRef(context, value, branchRef(value.defaultBranch)),
  ref: ({ value, args, context }) => findRef(context, value, args.text('qualifiedName')),
  refs: async ({ value, args, info, context }) => {
    refuseArguments(args, 'Repository.refs', ['query', 'orderBy', 'direction'])
    const refs = await context.git(value).listRefs(args.text('refPrefix'))
    const node = ({ name, oid }: (typeof refs)[number]) => source('Ref', { repository: value, name, oid })
    return connect({ args, info }, { items: refs, key: (ref) => ref.name, node })
  },
  object: ({ value, args, context }) => {
    requireRead(context, value, 'contents')
    const [expression, oid] = [args.findText('expression'), args.findText('oid')]
    if (expression !== undefined) return findExpression(context, value, expression)
    return oid === undefined ? null : objectSource(context, value, { oid: oid.toLowerCase(), path: '' })
  },
  issue: ({ value, args, context }) => readIssue(context, value, args.findNumber('number') ?? 0),
  issues: ({ value, args, info, context }) => {
    requireRead(context, value, 'issues')
    return connectIssues(
      { args, info, context },
      issuesOf(context.world, value).filter((issue) => findPull(context.world, issue) === undefined),
    )
  },
  milestones: connectMilestones,
  milestone: ({ value, args, context }) => {
    const found = milestonesOf(context.world, value).find(({ number }) => number === args.findNumber('number'))
    return found === undefined ? null : source('Milestone', found)
  },
  assignableUsers: ({ value, args, info, context }) => {
    const wanted = args.findText('query')?.toLowerCase() ?? ''
    // Whoever may triage can be assigned, as GitHub says of assignees in general.
    const users = [...context.world.state.accounts.values()].filter(
      (account) =>
        account.type === 'User' &&
        isAtLeast(roleOf(context.world, value, account), 'triage') &&
        `${account.login} ${account.name ?? ''}`.toLowerCase().includes(wanted),
    )
    return connect({ args, info }, { items: users, key: ({ id }) => id, node: accountSource })
  },
  label: ({ value, args, context }) => {
    const label = findLabel(context.world, value, args.text('name'))
    return label === undefined ? null : source('Label', label)
  },
  labels: ({ value, args, info, context }) => {
    const wanted = args.findText('query')?.toLowerCase() ?? ''
    const found = labelsOf(context.world, value).filter(({ name, description }) =>
      `${name} ${description ?? ''}`.toLowerCase().includes(wanted),
    )
    const labels = sortBy(found, { args, orders: labelOrders, where: 'Repository.labels' })
    return connect({ args, info }, { items: labels, key: (label) => label.id, node: (label) => source('Label', label) })
  },
})

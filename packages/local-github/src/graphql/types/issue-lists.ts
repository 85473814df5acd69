import type { Args } from '../args.ts'
import { connect, type Connection, type Paging } from '../connection.ts'
import type { GraphqlContext } from '../context.ts'
import { refuseArguments, sortBy } from '../ordering.ts'
import { source } from '../sources.ts'
import type { Issue } from '../../world/types.ts'

export interface Listing extends Paging {
  readonly context: GraphqlContext
}

/** Issues of one page, without filters: sub-issues, dependencies. */
export function connectPlainIssues(paging: Paging, issues: readonly Issue[]): Connection {
  return connect(paging, { items: issues, key: (issue) => issue.id, node: (issue) => source('Issue', issue) })
}

type Keep = (issue: Issue) => boolean

/** Every given label must be on the issue for `filterBy`; one of them is enough for `labels`. */
function hasLabels(context: GraphqlContext, names: readonly string[], how: 'every' | 'some'): Keep {
  const wanted = names.map((name) => name.toLowerCase())
  return (issue) => {
    const labels = issue.labelIds.map((id) => context.world.state.labels.get(id)?.name.toLowerCase())
    return wanted[how]((name) => labels.includes(name))
  }
}

function hasLogin(context: GraphqlContext, id: number, login: string): boolean {
  return context.world.state.accounts.get(id)?.login.toLowerCase() === login.toLowerCase()
}

function readFilters(args: Args, context: GraphqlContext): readonly Keep[] {
  const filter = args.findInside('filterBy')
  const states = filter?.findTexts('states') ?? args.findTexts('states')
  const [labels, anyLabels] = [filter?.findTexts('labels'), args.findTexts('labels')]
  const [createdBy, assignee, since] = [filter?.findText('createdBy'), filter?.findText('assignee'), filter?.findText('since')]
  if (filter !== undefined) refuseArguments(filter, 'IssueFilters', ['mentioned', 'milestone', 'milestoneNumber'])
  const keeps: Keep[] = []
  if (states !== undefined) keeps.push((issue) => states.includes(issue.state.toUpperCase()))
  if (labels !== undefined) keeps.push(hasLabels(context, labels, 'every'))
  if (anyLabels !== undefined) keeps.push(hasLabels(context, anyLabels, 'some'))
  if (createdBy !== undefined) keeps.push((issue) => hasLogin(context, issue.authorId, createdBy))
  if (assignee === '*') keeps.push((issue) => issue.assigneeIds.length > 0)
  else if (assignee !== undefined) keeps.push((issue) => issue.assigneeIds.some((id) => hasLogin(context, id, assignee)))
  if (since !== undefined) keeps.push((issue) => Date.parse(issue.updatedAt) >= Date.parse(since))
  return keeps
}

const orders = {
  CREATED_AT: (issue: Issue) => issue.number,
  UPDATED_AT: (issue: Issue) => issue.updatedAt,
}

/** A repository's issues, filtered and ordered as `Repository.issues` documents it. */
export function connectIssues({ args, info, context }: Listing, issues: readonly Issue[]): Connection {
  const keeps = readFilters(args, context)
  const kept = issues.filter((issue) => keeps.every((keep) => keep(issue)))
  return connectPlainIssues({ args, info }, sortBy(kept, { args, orders, where: 'Repository.issues' }))
}

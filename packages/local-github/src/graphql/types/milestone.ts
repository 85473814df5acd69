import { nodeId } from '../../world/node-ids.ts'
import { getRepository } from '../../world/repositories.ts'
import { milestonesOf } from '../../world/milestones.ts'
import type { Milestone } from '../../world/types.ts'
import { connect, type Connection } from '../connection.ts'
import type { GraphqlContext } from '../context.ts'
import { fieldsOf, type FieldCall } from '../fields.ts'
import { sortBy } from '../ordering.ts'
import { source } from '../sources.ts'
import { repositoryPath } from '../urls.ts'

function milestonePath(context: GraphqlContext, milestone: Milestone): string {
  return `${repositoryPath(context.world, getRepository(context.world, milestone.repositoryId))}/milestone/${milestone.number}`
}

export const milestoneFields = fieldsOf('Milestone', {
  id: ({ value }) => nodeId('milestone', value.id),
  number: ({ value }) => value.number,
  title: ({ value }) => value.title,
  description: ({ value }) => value.description ?? null,
  state: ({ value }) => value.state.toUpperCase(),
  closed: ({ value }) => value.state === 'closed',
  closedAt: ({ value }) => value.closedAt ?? null,
  createdAt: ({ value }) => value.createdAt,
  updatedAt: ({ value }) => value.updatedAt,
  dueOn: ({ value }) => value.dueOn ?? null,
  repository: ({ value, context }) => source('Repository', getRepository(context.world, value.repositoryId)),
  url: ({ value, context }) => `${context.world.urls.server}${milestonePath(context, value)}`,
  resourcePath: ({ value, context }) => milestonePath(context, value),
})

const orders = {
  CREATED_AT: ({ id }: Milestone) => id,
  NUMBER: ({ number }: Milestone) => number,
  UPDATED_AT: ({ updatedAt }: Milestone) => updatedAt,
  DUE_DATE: ({ dueOn }: Milestone) => dueOn ?? '',
}

/** A repository's milestones; `query` looks for a part of the title. */
export function connectMilestones({ value, args, info, context }: FieldCall<'Repository'>): Connection {
  const [states, query] = [args.findTexts('states'), args.findText('query')?.toLowerCase() ?? '']
  const found = milestonesOf(context.world, value).filter(
    ({ title, state }) => (states?.includes(state.toUpperCase()) ?? true) && title.toLowerCase().includes(query),
  )
  const sorted = sortBy(found, { args, orders, where: 'Repository.milestones' })
  return connect({ args, info }, { items: sorted, key: ({ id }) => id, node: (milestone) => source('Milestone', milestone) })
}

import { fieldsOf } from '../fields.ts'
import { findAccount } from '../../world/accounts.ts'
import { toMoment } from '../../world/clock.ts'
import { findRepository } from '../../world/repositories.ts'
import type { GraphqlContext } from '../context.ts'
import { findNode, unknownNode } from '../nodes.ts'
import { isVisible } from '../permissions.ts'
import { notFound, Refusal } from '../refusal.ts'
import { accountSource, source } from '../sources.ts'

async function getAnyNode(context: GraphqlContext, id: string) {
  const node = await findNode(context, id)
  if (node === undefined) throw unknownNode(id)
  return node
}

/** Source: docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api; more ids are refused as a whole. */
const MAX_NODE_IDS = 100

export const queryFields = fieldsOf('Query', {
  repository: ({ args, context }) => {
    const [owner, name] = [args.text('owner'), args.text('name')]
    const repository = findRepository(context.world, owner, name)
    if (repository === undefined || !isVisible(context, repository)) {
      throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`)
    }
    return source('Repository', repository)
  },
  node: ({ args, context }) => getAnyNode(context, args.text('id')),
  nodes: ({ args, context }) => {
    const ids = args.findTexts('ids') ?? []
    if (ids.length > MAX_NODE_IDS) {
      throw new Refusal('EXCESSIVE_PAGINATION', `You may not provide more than ${MAX_NODE_IDS} node ids; you provided ${ids.length}.`)
    }
    return ids.map((id) => getAnyNode(context, id))
  },
  viewer: ({ context }) => source('User', context.viewer.account),
  user: ({ args, context }) => {
    const account = findAccount(context.world, args.text('login'))
    if (account?.type !== 'User') throw notFound(`Could not resolve to a User with the login of '${args.text('login')}'.`)
    return accountSource(account)
  },
  organization: ({ args, context }) => {
    const account = findAccount(context.world, args.text('login'))
    if (account?.type !== 'Organization') throw notFound(`Could not resolve to an Organization with the login of '${args.text('login')}'.`)
    return accountSource(account)
  },
  repositoryOwner: ({ args, context }) => {
    const account = findAccount(context.world, args.text('login'))
    return account === undefined || account.type === 'Bot' ? null : accountSource(account)
  },
  rateLimit: ({ context: { cost, standing } }) => ({
    cost: cost.points,
    nodeCount: cost.nodes,
    limit: standing.limit,
    remaining: standing.remaining,
    used: standing.used,
    resetAt: toMoment(standing.reset * 1000),
  }),
})

import { z } from 'zod'
import { executeGraphql } from '../graphql/index.ts'
import { parseBody } from './body.ts'
import type { ServedRoute } from './pipeline.ts'
import { requiresAuthentication } from './problem.ts'

const graphqlBody = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

export const graphqlRoute: ServedRoute = {
  method: 'POST', path: '/graphql', operation: 'graphql', createsContent: false, free: false, needs: [], resource: 'graphql',
  async run(call) {
    if (call.viewer.kind !== 'token') throw requiresAuthentication()
    const { query, operationName, variables } = parseBody(call.bytes, graphqlBody)
    return executeGraphql({
      world: call.world, viewer: call.viewer, query, operationName: operationName ?? undefined, variables: variables ?? {},
      standing: call.server.limits.standing(call.viewer, 'graphql'), git: call.git,
    })
  },
}

/** The operation's name, for the log and for faults: as sent, else the first one in the document. */
export function graphqlOperation(bytes: Buffer): string | undefined {
  try {
    const { operationName, query } = graphqlBody.parse(JSON.parse(bytes.toString('utf8')))
    return operationName ?? /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1]
  } catch {
    return undefined
  }
}

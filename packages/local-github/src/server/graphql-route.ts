import { z } from 'zod'
import { executeGraphql } from '../graphql/index.ts'
import { parseBody } from './body.ts'
import type { ServedRoute } from './pipeline.ts'
import { Problem } from './problem.ts'

const graphqlBody = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/** Free for the pipeline: what a request costs is only known when it has been read. */
export const graphqlRoute: ServedRoute = {
  method: 'POST',
  path: '/graphql',
  operation: 'graphql',
  createsContent: false,
  free: true,
  needs: [],
  resource: 'graphql',
  async run(call) {
    const {
      viewer,
      world,
      server: { limits },
      git,
    } = call
    if (viewer.kind !== 'token') throw new Problem(401, 'This endpoint requires you to be authenticated.')
    const { query, operationName, variables } = parseBody(call.bytes, graphqlBody)
    return executeGraphql({
      world,
      viewer,
      query,
      operationName: operationName ?? undefined,
      variables: variables ?? {},
      git,
      charge(charge) {
        limits.charge(viewer, { ...charge, resource: 'graphql' })
        return limits.standing(viewer, 'graphql')
      },
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

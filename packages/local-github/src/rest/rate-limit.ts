import type { Standing } from '../auth/rate-limits.ts'
import { ok } from '../server/answer.ts'
import { noBody, plainRoute, type Route } from '../server/route.ts'

const SEARCH_PER_MINUTE = 30

export const rateLimitRoutes: readonly Route[] = [
  plainRoute({
    method: 'GET',
    path: '/rate_limit',
    operation: 'rate-limit/get',
    audience: 'anyone',
    free: true,
    body: noBody,
    differs: 'search is never used up, since it is not played',
    handle({ server, viewer, world }) {
      const core = show(server.limits.standing(viewer, 'core'))
      const graphql = show(server.limits.standing(viewer, 'graphql'))
      const search = { limit: SEARCH_PER_MINUTE, used: 0, remaining: SEARCH_PER_MINUTE, reset: Math.ceil(world.clock.now() / 1_000) + 60 }
      return ok({ resources: { core, graphql, search }, rate: core })
    },
  }),
]

function show({ limit, used, remaining, reset }: Standing): Omit<Standing, 'resource'> {
  return { limit, used, remaining, reset }
}

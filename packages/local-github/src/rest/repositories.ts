import { presentRepository } from '../present/repositories.ts'
import { ok } from '../server/answer.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'

export const repositoryRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    operation: 'repos/get',
    needs: [{ permission: 'metadata', level: 'read' }],
    body: noBody,
    handle: ({ world, repository, viewer }) => ok(presentRepository(world, repository, viewer)),
  }),
]

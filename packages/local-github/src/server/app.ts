import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { routes } from '../rest/routes.ts'
import { gitRoutes } from './git-routes.ts'
import { graphqlOperation, graphqlRoute } from './graphql-route.ts'
import type { Incoming, ServedRoute } from './pipeline.ts'
import { serve } from './pipeline.ts'
import { notPlayed } from './problem.ts'
import { toPattern } from './route.ts'
import type { ServerContext } from './server-context.ts'

type Env = { Bindings: HttpBindings }

export const REST_ROOT = '/api/v3'
export const GRAPHQL_PATH = '/api/graphql'

export interface AppOptions {
  readonly server: ServerContext
  /** Groups requests whose depth is measured together. */
  readonly sessionOf: (request: Request) => string
}

/** The whole server: REST, GraphQL and git on one origin, laid out as on GitHub Enterprise Server. */
export function createApp(options: AppOptions): Hono<Env> {
  const app = new Hono<Env>()
  for (const route of routes) {
    app.on(route.method, `${REST_ROOT}${toPattern(route.path)}`, (context) => answer(options, { ...route, resource: 'core' }, context))
  }
  app.post(GRAPHQL_PATH, (context) => answer(options, graphqlRoute, context))
  for (const route of gitRoutes) app.on(route.method, toPattern(route.path), (context) => answer(options, route, context))
  app.notFound((context) => answer(options, unknownRoute(context), context))
  return app
}

async function answer(options: AppOptions, route: ServedRoute, context: Context<Env>): Promise<Response> {
  const request = context.req.raw
  const url = new URL(request.url)
  const entry = options.server.log.begin({
    session: options.sessionOf(request),
    method: request.method,
    route: route.path,
    path: url.pathname.replace(REST_ROOT, '') + url.search,
  })
  const bytes = Buffer.from(await request.arrayBuffer())
  entry.requestBytes = bytes.length
  if (route === graphqlRoute) entry.operation = graphqlOperation(bytes)
  const incoming: Incoming = {
    request,
    url,
    bytes,
    params: context.req.param(),
    entry,
    drop: () => context.env.incoming.socket.destroy(),
  }
  return serve(options.server, route, incoming)
}

function unknownRoute(context: Context<Env>): ServedRoute {
  const name = `${context.req.method} ${new URL(context.req.url).pathname.replace(REST_ROOT, '')}`
  return {
    method: 'GET',
    path: '',
    operation: 'meta/root',
    createsContent: false,
    free: true,
    needs: [],
    resource: 'core',
    run: () => Promise.reject(notPlayed(name)),
  }
}

import { z } from 'zod'
import { requireAccess, type Need } from '../auth/access.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { GitStore } from '../git/types.ts'
import { findRepository } from '../world/repositories.ts'
import type { Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Answer } from './answer.ts'
import { requireAudience, type Audience } from './audience.ts'
import { parseBody } from './body.ts'
import { notFound } from './problem.ts'
import { meetUnready } from './unready.ts'
import type { ServerContext } from './server-context.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamNames<Rest> : never

/** A request before its route has looked at it. */
export interface RawCall {
  readonly server: ServerContext
  readonly world: World
  readonly viewer: Viewer
  readonly params: Readonly<Record<string, string>>
  readonly url: URL
  readonly headers: Headers
  readonly apiVersion: string
  readonly bytes: Buffer
  /** The repository's git as this request sees it (a fault may show it an old head). */
  git(repository: Repository): GitStore
}

/** One request, understood: who asks, for what, with which body. */
export interface Call<Path extends string, Body> extends Omit<RawCall, 'params' | 'bytes'> {
  param(name: ParamNames<Path>): string
  /** A query parameter; undefined when absent or empty. */
  query(name: string): string | undefined
  readonly body: Body
}

export interface RepositoryCall<Path extends string, Body> extends Call<Path, Body> {
  readonly repository: Repository
  readonly store: GitStore
}

/** A repository call for functions that serve several routes: without what differs between these. */
export type RepositoryWork = Omit<RepositoryCall<'', unknown>, 'param' | 'body'>

interface RouteBase<Path extends string, Schema extends z.ZodType> {
  readonly method: Method
  /** As GitHub's reference writes it: `/repos/{owner}/{repo}/issues/{issue_number}`. */
  readonly path: Path
  /** GitHub's operation id (`issues/get`): names the page this was taken from. */
  readonly operation: string
  /** What is known to differ from GitHub; printed in the reference. */
  readonly differs?: string
  /** Makes content that others are told of: counted against the 80 a minute. */
  readonly createsContent?: boolean
  readonly body: Schema
}

export interface RepositoryRoute<Path extends string, Schema extends z.ZodType> extends RouteBase<Path, Schema> {
  /** Any one of these is enough. */
  readonly needs: readonly Need[]
  /** Served for an archived repository too, though it writes. */
  readonly evenArchived?: true
  readonly handle: (call: RepositoryCall<Path, z.output<Schema>>) => Answer | Promise<Answer>
}

export interface PlainRoute<Path extends string, Schema extends z.ZodType> extends RouteBase<Path, Schema> {
  readonly audience: Audience
  /** What the answer's headers say a token needs; the handler judges. */
  readonly needs?: readonly Need[]
  /** Not counted against the primary limit. */
  readonly free?: boolean
  readonly handle: (call: Call<Path, z.output<Schema>>) => Answer | Promise<Answer>
}

/** A route as the pipeline sees it, whatever its path and body. */
export interface Route {
  readonly method: Method
  readonly path: string
  readonly operation: string
  readonly differs: string | undefined
  readonly createsContent: boolean
  readonly free: boolean
  readonly needs: readonly Need[]
  readonly audience: Audience | 'repository'
  run(call: RawCall): Promise<Answer>
}

/** For routes that read no body. */
export const noBody = z.unknown()

/** A route under `/repos/{owner}/{repo}`: the repository is found and access to it decided before the handler runs. */
export function repositoryRoute<const Path extends string, Schema extends z.ZodType>(route: RepositoryRoute<Path, Schema>): Route {
  return {
    ...describe(route),
    needs: route.needs,
    audience: 'repository',
    free: false,
    async run(raw) {
      const repository = findRepository(raw.world, raw.params['owner'] ?? '', raw.params['repo'] ?? '')
      if (repository === undefined) throw notFound()
      requireAccess(raw.world, raw.viewer, { repository, needs: route.needs, evenArchived: route.evenArchived })
      meetUnready(
        repository,
        route.needs.some(({ permission }) => permission === 'contents'),
      )
      const call: Call<Path, z.output<Schema>> = understand(raw, route.body)
      return route.handle({ ...call, repository, store: raw.git(repository) })
    },
  }
}

export function plainRoute<const Path extends string, Schema extends z.ZodType>(route: PlainRoute<Path, Schema>): Route {
  return {
    ...describe(route),
    needs: route.needs ?? [],
    audience: route.audience,
    free: route.free ?? false,
    async run(raw) {
      requireAudience(raw.viewer, route.audience)
      return route.handle(understand(raw, route.body))
    },
  }
}

function describe(route: RouteBase<string, z.ZodType>) {
  const { method, path, operation, differs, createsContent = false } = route
  return { method, path, operation, differs, createsContent }
}

function understand<Schema extends z.ZodType>(raw: RawCall, schema: Schema) {
  const { params, bytes, ...rest } = raw
  return {
    ...rest,
    param: (name: string) => params[name] ?? '',
    query: (name: string) => raw.url.searchParams.get(name) || undefined,
    body: parseBody(bytes, schema),
  }
}

/** Parameters that may hold slashes; GitHub takes everything up to the next fixed part. */
const greedy = new Set(['path', 'ref', 'branch', 'basehead'])

/** The template in the web framework's own notation. */
export function toPattern(path: string): string {
  return path.replaceAll(/\{(\w+)\}(\/[^{]*)?/g, (_, name: string, rest: string | undefined) => {
    if (!greedy.has(name)) return `:${name}${rest ?? ''}`
    // A path may be empty: clients ask for the root folder as `contents/`.
    if (name === 'path') return ':path{.*}'
    return rest === undefined ? `:${name}{.+}` : `:${name}{.+(?=${rest})}${rest}`
  })
}

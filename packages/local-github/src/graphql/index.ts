import type { Viewer } from '../auth/viewer.ts'
import type { GitStore } from '../git/types.ts'
import { notPlayed } from '../server/problem.ts'
import type { Answer } from '../server/answer.ts'
import type { Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'

export interface GraphqlCall {
  readonly world: World
  readonly viewer: Viewer
  readonly query: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  /** Points left and when they come back, for `rateLimit`. */
  readonly standing: { readonly limit: number; readonly remaining: number; readonly used: number; readonly reset: number }
  /** The repository's git as this request sees it. */
  git(repository: Repository): GitStore
}

/** Executes one GraphQL request. The answer is HTTP 200 with `data` and `errors`, also for refusals, as on GitHub. */
export async function executeGraphql(call: GraphqlCall): Promise<Answer> {
  throw notPlayed(`GraphQL ${call.operationName ?? ''}`)
}

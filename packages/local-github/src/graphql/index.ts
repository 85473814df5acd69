import type { TokenViewer } from '../auth/viewer.ts'
import type { GitStore } from '../git/types.ts'
import { type Answer, ok } from '../server/answer.ts'
import type { Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Standing } from './context.ts'
import { countContents, executePlan, isPlan, planRequest } from './execute.ts'

export interface GraphqlCall {
  readonly world: World
  readonly viewer: TokenViewer
  readonly query: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  /** Counts the request, or throws GitHub's refusal; tells what is left. */
  charge(charge: { readonly cost: number; readonly writes: boolean; readonly contents: number }): Standing
  /** The repository's git as this request sees it. */
  git(repository: Repository): GitStore
}

/** Executes one GraphQL request. The answer is HTTP 200 with `data` and `errors`, also for refusals, as on GitHub. */
export async function executeGraphql(call: GraphqlCall): Promise<Answer> {
  const { world, viewer } = call
  const plan = planRequest(call)
  if (!isPlan(plan)) return ok(plan)
  const standing = call.charge({
    cost: plan.cost.points,
    writes: plan.operation.operation === 'mutation',
    contents: countContents(plan),
  })
  return ok(await executePlan(plan, { world, viewer, standing, cost: plan.cost, git: (repository) => call.git(repository) }))
}

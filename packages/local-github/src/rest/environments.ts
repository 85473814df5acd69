import { z } from 'zod'
import { presentBranchPolicy, presentEnvironment } from '../present/environments.ts'
import { takeId } from '../world/context.ts'
import { addEnvironment, environmentsOf, findEnvironment, removeEnvironment } from '../world/environments.ts'
import { isInPlan } from '../world/plans.ts'
import { findTeam } from '../world/teams.ts'
import type { Environment, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { noContent, ok } from '../server/answer.ts'
import { wrappedList } from '../server/paging.ts'
import { notFound, Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'

const read = [{ permission: 'actions', level: 'read' }] as const
const write = [{ permission: 'administration', level: 'write', role: 'admin' }] as const
const path = '/repos/{owner}/{repo}/environments'

/** Source: OpenAPI repos/create-or-update-environment. */
const WAIT_MINUTES = 43_200
const REVIEWERS = 6

const body = z
  .object({
    wait_timer: z.int().min(0).max(WAIT_MINUTES).optional(),
    prevent_self_review: z.boolean().optional(),
    reviewers: z
      .array(z.object({ type: z.enum(['User', 'Team']), id: z.int() }))
      .max(REVIEWERS)
      .nullish(),
    deployment_branch_policy: z.object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() }).nullish(),
  })
  .default({})
type Wanted = z.output<typeof body>

function getEnvironment(world: World, repository: Repository, name: string): Environment {
  const environment = findEnvironment(world, repository, name)
  if (environment === undefined) throw notFound()
  return environment
}

/** Everything is judged before anything is kept. Source: github-facts 8.13 and 8.14. */
function checkWanted(world: World, repository: Repository, wanted: Wanted): void {
  const policy = wanted.deployment_branch_policy ?? undefined
  if (policy !== undefined && policy.protected_branches === policy.custom_branch_policies) {
    throw new Problem(422, 'protected_branches and custom_branch_policies cannot have the same value')
  }
  const rule = (wanted.reviewers ?? []).length > 0 ? 'required reviewers' : (wanted.wait_timer ?? 0) > 0 ? 'wait timer' : undefined
  if (rule !== undefined && !isInPlan(world, repository, 'environment-rules')) {
    throw new Problem(
      422,
      `Failed to create the environment protection rule. Please ensure the billing plan supports the ${rule} protection rule.`,
    )
  }
  for (const { type, id } of wanted.reviewers ?? []) {
    const isThere = type === 'Team' ? findTeam(world, repository.ownerId, { id }) !== undefined : world.state.accounts.has(id)
    if (!isThere) throw new Problem(422, 'One or more reviewers could not be found.')
  }
}

function apply(environment: Environment, wanted: Wanted): void {
  const policy = wanted.deployment_branch_policy ?? undefined
  environment.waitTimer = wanted.wait_timer ?? 0
  environment.preventSelfReview = wanted.prevent_self_review ?? false
  environment.reviewers = wanted.reviewers ?? []
  environment.branches = policy === undefined ? undefined : policy.protected_branches ? 'protected' : 'custom'
  // Name patterns have a meaning only while they are asked for.
  if (environment.branches !== 'custom') environment.branchPolicies.length = 0
}

export const environmentRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path,
    operation: 'repos/get-all-environments',
    needs: read,
    body: noBody,
    handle(call) {
      const { world, repository } = call
      return wrappedList(call, 'environments', {
        all: environmentsOf(world, repository),
        present: (each) => presentEnvironment(world, repository, each),
      })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/{environment_name}`,
    operation: 'repos/get-environment',
    needs: read,
    body: noBody,
    handle: ({ world, repository, param }) =>
      ok(presentEnvironment(world, repository, getEnvironment(world, repository, param('environment_name')))),
  }),
  repositoryRoute({
    method: 'PUT',
    path: `${path}/{environment_name}`,
    operation: 'repos/create-or-update-environment',
    needs: write,
    body,
    differs: 'reviewers need no access to the repository; what is not named goes back to nothing',
    handle({ world, repository, param, body: wanted }) {
      checkWanted(world, repository, wanted)
      const name = param('environment_name')
      const environment = findEnvironment(world, repository, name) ?? addEnvironment(world, repository, name)
      apply(environment, wanted)
      environment.updatedAt = world.clock.moment()
      return ok(presentEnvironment(world, repository, environment))
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: `${path}/{environment_name}`,
    operation: 'repos/delete-an-environment',
    needs: write,
    body: noBody,
    handle({ world, repository, param }) {
      removeEnvironment(world, getEnvironment(world, repository, param('environment_name')))
      return noContent()
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/{environment_name}/deployment-branch-policies`,
    operation: 'repos/list-deployment-branch-policies',
    needs: read,
    body: noBody,
    handle(call) {
      const environment = getEnvironment(call.world, call.repository, call.param('environment_name'))
      return wrappedList(call, 'branch_policies', { all: environment.branchPolicies, present: presentBranchPolicy })
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: `${path}/{environment_name}/deployment-branch-policies`,
    operation: 'repos/create-deployment-branch-policy',
    needs: write,
    body: z.object({ name: z.string().min(1), type: z.enum(['branch', 'tag']).default('branch') }),
    handle({ world, repository, param, body: { name, type } }) {
      const environment = getEnvironment(world, repository, param('environment_name'))
      if (environment.branches !== 'custom') throw notFound()
      const isThere = environment.branchPolicies.some((policy) => policy.name === name && policy.type === type)
      if (isThere) return { status: 303, body: undefined }
      const policy = { id: takeId(world), name, type }
      environment.branchPolicies.push(policy)
      return ok(presentBranchPolicy(policy))
    },
  }),
]

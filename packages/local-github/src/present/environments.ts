import { getAccount } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import type { BranchPolicy, Environment, Repository } from '../world/types.ts'
import { findTeam } from '../world/teams.ts'
import { presentAccount } from './accounts.ts'
import { presentTeam } from './teams.ts'
import { repositoryPage, repositoryUrl } from './repositories.ts'

/** OpenAPI `environment`. */
export function presentEnvironment(context: WorldContext, repository: Repository, environment: Environment) {
  return {
    id: environment.id,
    node_id: nodeId('environment', environment.id),
    name: environment.name,
    url: `${repositoryUrl(context, repository)}/environments/${encodeURIComponent(environment.name)}`,
    html_url: `${repositoryPage(context, repository)}/deployments/activity_log?environments_filter=${encodeURIComponent(environment.name)}`,
    created_at: environment.createdAt,
    updated_at: environment.updatedAt,
    protection_rules: presentRules(context, repository, environment),
    deployment_branch_policy:
      environment.branches === undefined
        ? null
        : { protected_branches: environment.branches === 'protected', custom_branch_policies: environment.branches === 'custom' },
  }
}

/** Each rule has an id of its own on GitHub; here it follows from the environment's and the rule's kind. */
function presentRules(context: WorldContext, repository: Repository, environment: Environment) {
  const rule = (type: string, more: object) => {
    const key = `${environment.id}:${type}`
    return { id: environment.id, node_id: nodeId('environment', key), type, ...more }
  }
  const { waitTimer, reviewers, preventSelfReview, branches } = environment
  const shown = reviewers.map(({ type, id }) => ({
    type,
    reviewer: type === 'User' ? presentAccount(context, getAccount(context, id)) : presentReviewingTeam(context, repository, id),
  }))
  return [
    ...(waitTimer > 0 ? [rule('wait_timer', { wait_timer: waitTimer })] : []),
    ...(shown.length > 0 ? [rule('required_reviewers', { prevent_self_review: preventSelfReview, reviewers: shown })] : []),
    ...(branches === undefined ? [] : [rule('branch_policy', {})]),
  ]
}

function presentReviewingTeam(context: WorldContext, repository: Repository, id: number) {
  const team = findTeam(context, repository.ownerId, { id })
  if (team === undefined) throw new Error(`there is no team ${id}`)
  return presentTeam(context, team)
}

/** OpenAPI `deployment-branch-policy`. */
export function presentBranchPolicy(policy: BranchPolicy) {
  return { id: policy.id, node_id: nodeId('environment', `policy:${policy.id}`), name: policy.name, type: policy.type }
}

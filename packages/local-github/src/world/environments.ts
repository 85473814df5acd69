import { takeId, type WorldContext } from './context.ts'
import type { Environment, Repository } from './types.ts'

export function environmentsOf(context: WorldContext, repository: Repository): Environment[] {
  return [...context.state.environments.values()].filter((environment) => environment.repositoryId === repository.id)
}

/** Names compare without case. Source: docs.github.com, "Managing environments for deployment". */
export function findEnvironment(context: WorldContext, repository: Repository, name: string): Environment | undefined {
  return environmentsOf(context, repository).find((environment) => environment.name.toLowerCase() === name.toLowerCase())
}

export function addEnvironment(context: WorldContext, repository: Repository, name: string): Environment {
  const at = context.clock.moment()
  const environment: Environment = {
    id: takeId(context),
    repositoryId: repository.id,
    name,
    waitTimer: 0,
    preventSelfReview: false,
    reviewers: [],
    branches: undefined,
    branchPolicies: [],
    createdAt: at,
    updatedAt: at,
  }
  context.state.environments.set(environment.id, environment)
  return environment
}

/** An environment goes with its secrets and variables. */
export function removeEnvironment(context: WorldContext, environment: Environment): void {
  context.state.environments.delete(environment.id)
  for (const [key, setting] of context.state.settings) {
    const isIts =
      setting.scope === 'environment' &&
      setting.ownerId === environment.repositoryId &&
      setting.environment === environment.name.toLowerCase()
    if (isIts) context.state.settings.delete(key)
  }
}

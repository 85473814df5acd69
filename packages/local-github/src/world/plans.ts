import { getAccount } from './accounts.ts'
import type { WorldContext } from './context.ts'
import type { Plan, Repository } from './types.ts'

const plansOf = {
  /** Protected branches and rulesets. Source: github-facts 8.12. */
  'protected-branches': ['pro', 'team', 'enterprise'],
  /** Reviewers, wait timers and custom rules of environments. Source: github-facts 8.14. */
  'environment-rules': ['enterprise'],
} as const satisfies Record<string, readonly Plan[]>

/** Whether what the owner pays for gives a repository this; public ones have it all. */
export function isInPlan(context: WorldContext, repository: Repository, feature: keyof typeof plansOf): boolean {
  if (repository.visibility === 'public') return true
  const plans: readonly Plan[] = plansOf[feature]
  return plans.includes(getAccount(context, repository.ownerId).plan)
}

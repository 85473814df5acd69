import type { Route } from '../server/route.ts'
import { branchProtectionRoutes } from './branch-protection.ts'
import { branchRoutes } from './branches.ts'
import { accountRoutes } from './accounts.ts'
import { appRoutes } from './apps.ts'
import { checkRunRoutes } from './check-runs.ts'
import { commentRoutes } from './comments.ts'
import { comparingRoutes } from './comparing.ts'
import { contentRoutes } from './contents.ts'
import { environmentRoutes } from './environments.ts'
import { gitObjectRoutes } from './git-objects.ts'
import { gitRefRoutes } from './git-refs.ts'
import { issueLabelRoutes } from './issue-labels.ts'
import { issueLinkRoutes } from './issue-links.ts'
import { issueRoutes } from './issues.ts'
import { jobRoutes } from './jobs.ts'
import { labelRoutes } from './labels.ts'
import { membershipRoutes } from './memberships.ts'
import { milestoneRoutes } from './milestones.ts'
import { pullMergingRoutes } from './pull-merging.ts'
import { pullRoutes } from './pulls.ts'
import { rateLimitRoutes } from './rate-limit.ts'
import { reactionRoutes } from './reactions.ts'
import { releaseRoutes } from './releases.ts'
import { repositoryRoutes } from './repositories.ts'
import { repositoryMakingRoutes } from './repository-making.ts'
import { repositorySettingRoutes } from './repository-settings.ts'
import { ruleRoutes } from './rules.ts'
import { runRoutes } from './runs.ts'
import { teamRoutes } from './teams.ts'
import { workflowRoutes } from './workflows.ts'

/** Every REST endpoint, in the order they are matched: a fixed part stands before a parameter in the same place. */
export const routes: readonly Route[] = [
  ...repositoryRoutes,
  ...repositoryMakingRoutes,
  ...repositorySettingRoutes,
  ...environmentRoutes,
  ...branchProtectionRoutes,
  ...ruleRoutes,
  ...comparingRoutes,
  ...contentRoutes,
  ...checkRunRoutes,
  ...branchRoutes,
  ...gitRefRoutes,
  ...gitObjectRoutes,
  ...pullMergingRoutes,
  ...pullRoutes,
  ...releaseRoutes,
  ...workflowRoutes,
  ...runRoutes,
  ...jobRoutes,
  ...commentRoutes,
  ...issueRoutes,
  ...issueLabelRoutes,
  ...issueLinkRoutes,
  ...labelRoutes,
  ...milestoneRoutes,
  ...reactionRoutes,
  ...accountRoutes,
  ...membershipRoutes,
  ...teamRoutes,
  ...appRoutes,
  ...rateLimitRoutes,
]

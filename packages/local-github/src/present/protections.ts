import type { WorldContext } from '../world/context.ts'
import { findAccount } from '../world/accounts.ts'
import type { App, BranchProtection, Repository } from '../world/types.ts'
import { presentAccount } from './accounts.ts'
import { presentApp } from './apps.ts'
import { repositoryUrl } from './repositories.ts'

interface Shown {
  readonly repository: Repository
  readonly branch: string
  readonly protection: BranchProtection
}

/** OpenAPI `branch-protection` and `protected-branch`: what is off is left out, but for the switches. */
export function presentProtection(context: WorldContext, { repository, branch, protection }: Shown) {
  const url = `${repositoryUrl(context, repository)}/branches/${branch}/protection`
  const { pullRequest, statusChecks, pushers } = protection
  const enabled = (is: boolean) => ({ enabled: is })
  return {
    url,
    ...(statusChecks === undefined ? {} : { required_status_checks: presentChecks(`${url}/required_status_checks`, statusChecks) }),
    ...(pullRequest === undefined
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: pullRequest.dismissStale,
            require_code_owner_reviews: pullRequest.codeOwners,
            required_approving_review_count: pullRequest.approvals,
            require_last_push_approval: pullRequest.lastPush,
          },
        }),
    ...(pushers === undefined ? {} : { restrictions: presentRestrictions(context, `${url}/restrictions`, pushers) }),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforceAdmins },
    required_linear_history: enabled(protection.linearHistory),
    allow_force_pushes: enabled(protection.forcePushes),
    allow_deletions: enabled(protection.deletions),
    block_creations: enabled(protection.blockCreations),
    required_conversation_resolution: enabled(protection.conversationResolution),
    lock_branch: enabled(protection.locked),
    allow_fork_syncing: enabled(protection.forkSyncing),
  }
}

function presentChecks(url: string, { strict, contexts }: NonNullable<BranchProtection['statusChecks']>) {
  return {
    url,
    strict,
    contexts: [...contexts],
    contexts_url: `${url}/contexts`,
    checks: contexts.map((context) => ({ context, app_id: null })),
  }
}

function presentRestrictions(context: WorldContext, url: string, pushers: readonly string[]) {
  const users = pushers.map((login) => findAccount(context, login)).filter((account) => account !== undefined)
  const apps = [...context.state.apps.values()].filter(({ slug }) => pushers.includes(slug))
  return {
    url,
    users_url: `${url}/users`,
    teams_url: `${url}/teams`,
    apps_url: `${url}/apps`,
    users: users.map((account) => presentAccount(context, account)),
    teams: [],
    apps: apps.map((app) => presentPusherApp(context, app)),
  }
}

/** OpenAPI `branch-restriction-policy`: an App without what only `integration` has. */
function presentPusherApp(context: WorldContext, app: App) {
  const { permissions: _permissions, installations_count: _count, ...shown } = presentApp(context, app)
  return shown
}

import { z } from 'zod'
import { branchRef } from '../git/ref-names.ts'
import type { GitStore } from '../git/types.ts'
import { presentProtection } from '../present/protections.ts'
import { findOrganization, getAccount } from '../world/accounts.ts'
import { isInPlan } from '../world/plans.ts'
import type { BranchProtection, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { noContent, ok } from '../server/answer.ts'
import { Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'

const read = [{ permission: 'administration', level: 'read', role: 'admin' }] as const
const write = [{ permission: 'administration', level: 'write', role: 'admin' }] as const
const path = '/repos/{owner}/{repo}/branches/{branch}/protection'

const names = z.array(z.string())
const body = z.object({
  required_status_checks: z
    .object({ strict: z.boolean(), contexts: names.optional(), checks: z.array(z.object({ context: z.string() })).optional() })
    .nullable(),
  enforce_admins: z.boolean().nullable(),
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.int().min(0).max(6).optional(),
      dismiss_stale_reviews: z.boolean().optional(),
      require_code_owner_reviews: z.boolean().optional(),
      require_last_push_approval: z.boolean().optional(),
    })
    .nullable(),
  restrictions: z.object({ users: names, teams: names, apps: names.optional() }).nullable(),
  required_linear_history: z.boolean().optional(),
  allow_force_pushes: z.boolean().nullish(),
  allow_deletions: z.boolean().optional(),
  block_creations: z.boolean().optional(),
  required_conversation_resolution: z.boolean().optional(),
  lock_branch: z.boolean().optional(),
  allow_fork_syncing: z.boolean().optional(),
})

/** Approvals that are asked for unless a number is given. Source: OpenAPI repos/update-branch-protection. */
const APPROVALS = 1

function toProtection(wanted: z.output<typeof body>): BranchProtection {
  const { required_status_checks: checks, required_pull_request_reviews: reviews, restrictions } = wanted
  return {
    pullRequest:
      reviews === null
        ? undefined
        : {
            approvals: reviews.required_approving_review_count ?? APPROVALS,
            dismissStale: reviews.dismiss_stale_reviews ?? false,
            codeOwners: reviews.require_code_owner_reviews ?? false,
            lastPush: reviews.require_last_push_approval ?? false,
          },
    statusChecks:
      checks === null
        ? undefined
        : {
            strict: checks.strict,
            contexts: checks.contexts ?? (checks.checks ?? []).map(({ context }) => context),
          },
    enforceAdmins: wanted.enforce_admins ?? false,
    pushers: restrictions === null ? undefined : [...restrictions.users, ...(restrictions.apps ?? [])],
    linearHistory: wanted.required_linear_history ?? false,
    forcePushes: wanted.allow_force_pushes ?? false,
    deletions: wanted.allow_deletions ?? false,
    blockCreations: wanted.block_creations ?? false,
    conversationResolution: wanted.required_conversation_resolution ?? false,
    locked: wanted.lock_branch ?? false,
    forkSyncing: wanted.allow_fork_syncing ?? false,
  }
}

/** Source: github-facts 8.12. */
export function requireProtectable(world: World, repository: Repository): void {
  if (isInPlan(world, repository, 'protected-branches')) return
  throw new Problem(403, 'Upgrade to GitHub Pro or make this repository public to enable this feature.')
}

async function requireBranch(store: GitStore, branch: string): Promise<void> {
  if ((await store.readRef(branchRef(branch))) === undefined) throw new Problem(404, 'Branch not found')
}

function getProtection(repository: Repository, branch: string): BranchProtection {
  const protection = repository.protections.get(branch)
  if (protection === undefined) throw new Problem(404, 'Branch not protected')
  return protection
}

export const branchProtectionRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path,
    operation: 'repos/get-branch-protection',
    needs: read,
    body: noBody,
    async handle({ world, repository, store, param }) {
      requireProtectable(world, repository)
      const branch = param('branch')
      await requireBranch(store, branch)
      return ok(presentProtection(world, { repository, branch, protection: getProtection(repository, branch) }))
    },
  }),
  repositoryRoute({
    method: 'PUT',
    path,
    operation: 'repos/update-branch-protection',
    needs: write,
    body,
    differs:
      'no teams, no exceptions for single persons; approvals are never there, linear history and resolved conversations are kept but not asked for',
    async handle({ world, repository, store, param, body: wanted }) {
      requireProtectable(world, repository)
      const branch = param('branch')
      await requireBranch(store, branch)
      const isOwned = findOrganization(world, getAccount(world, repository.ownerId)) !== undefined
      if (wanted.restrictions !== null && !isOwned) {
        throw new Problem(422, 'Validation Failed', { errors: ['Only organization repositories can have users and team restrictions'] })
      }
      const protection = toProtection(wanted)
      repository.protections.set(branch, protection)
      return ok(presentProtection(world, { repository, branch, protection }))
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path,
    operation: 'repos/delete-branch-protection',
    needs: write,
    body: noBody,
    handle({ world, repository, param }) {
      requireProtectable(world, repository)
      getProtection(repository, param('branch'))
      repository.protections.delete(param('branch'))
      return noContent()
    },
  }),
]

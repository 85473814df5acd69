import type { Viewer } from '../auth/viewer.ts'
import { NULL_OID } from '../git/types.ts'
import { checkRunsOf } from '../world/checks.ts'
import type { WorldContext } from '../world/context.ts'
import { roleOf } from '../world/repositories.ts'
import type { BranchProtection } from '../world/types.ts'
import type { WantedRefChange } from './ref-changes.ts'

const HEADS = 'refs/heads/'
const GOOD: readonly (string | undefined)[] = ['success', 'neutral', 'skipped']

/** What a branch's protection has against a change, in GitHub's words; empty when it has nothing. */
export async function findProtectionBreaches(context: WorldContext, viewer: Viewer, change: WantedRefChange): Promise<readonly string[]> {
  const { repository, ref } = change
  const protection = ref.startsWith(HEADS) ? repository.protections.get(ref.slice(HEADS.length)) : undefined
  if (protection === undefined || isExempt(context, viewer, { change, protection })) return []
  if (protection.locked) return ['Cannot change this locked branch']
  if (change.new === NULL_OID) return protection.deletions ? [] : ['Cannot delete this branch']
  const isForward = change.old === NULL_OID || (await context.stores.get(repository.id).isAncestor(change.old, change.new))
  return [
    ...(isForward || protection.forcePushes ? [] : ['Cannot force-push to this branch']),
    ...missingReview(protection, change),
    ...missingChecks(context, protection, change),
    ...forbiddenPusher(protection, viewer),
  ]
}

/** Who administers the repository is bound only if that is asked for. Source: OpenAPI repos/update-branch-protection, enforce_admins. */
function isExempt(
  context: WorldContext,
  viewer: Viewer,
  { change, protection }: { readonly change: WantedRefChange; readonly protection: BranchProtection },
): boolean {
  if (protection.enforceAdmins || viewer.kind !== 'token' || viewer.app !== undefined) return false
  return roleOf(context, change.repository, viewer.account) === 'admin'
}

/** Reviews are not played, so that approvals are never there. */
function missingReview({ pullRequest }: BranchProtection, { how, old }: WantedRefChange): readonly string[] {
  if (pullRequest === undefined || old === NULL_OID) return []
  if (how !== 'merge') return ['Changes must be made through a pull request.']
  const { approvals } = pullRequest
  const reviews = approvals === 1 ? 'review is' : 'reviews are'
  return approvals === 0 ? [] : [`At least ${approvals} approving ${reviews} required by reviewers with write access.`]
}

function missingChecks(context: WorldContext, { statusChecks }: BranchProtection, change: WantedRefChange): readonly string[] {
  const contexts = statusChecks?.contexts ?? []
  const runs = checkRunsOf(context, change.repository, change.checked ?? change.new)
  const passed = new Set(runs.filter(({ conclusion }) => GOOD.includes(conclusion)).map(({ name }) => name))
  const missing = contexts.filter((name) => !passed.has(name))
  if (missing.length === 0) return []
  if (missing.length === 1) return [`Required status check "${missing[0]}" is expected.`]
  return [`${missing.length} of ${contexts.length} required status checks are expected.`]
}

function forbiddenPusher({ pushers }: BranchProtection, viewer: Viewer): readonly string[] {
  if (pushers === undefined) return []
  const names = viewer.kind === 'token' ? [viewer.account.login, viewer.app?.slug] : []
  return names.some((name) => name !== undefined && pushers.includes(name)) ? [] : ["You're not authorized to push to this branch."]
}

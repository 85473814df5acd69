import type { Viewer } from '../auth/viewer.ts'
import { branchRef } from '../git/ref-names.ts'
import { NULL_OID, type GitStore, type Oid } from '../git/types.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository, RulesetRule } from '../world/types.ts'
import { findProtectionBreaches } from './protections.ts'
import { bindingRules, renderViolations, rulesetsOver } from './rulesets.ts'
import { changesWorkflows, mayWriteWorkflows, renderWorkflowRefusal } from './workflow-files.ts'

export interface WantedRefChange {
  readonly repository: Repository
  readonly ref: string
  /** NULL_OID when it does not exist, or shall not. */
  readonly old: Oid
  readonly new: Oid
  /** `commit`: to a commit that GitHub made for this, and signs; `merge`: of a pull request, which GitHub signs too; `move`: to any other. */
  readonly how: 'move' | 'commit' | 'merge'
  /** The commit whose checks count, when it is not the new one: the head of a pull request. */
  readonly checked?: Oid
}

export type RefRefusal =
  | { readonly kind: 'rules'; readonly message: string }
  /** Of a branch's classic protection; each line says one thing that is missing. */
  | { readonly kind: 'protection'; readonly message: string; readonly lines: readonly string[] }
  | { readonly kind: 'workflow-files'; readonly message: string }

/** Whether rulesets, protection or the token forbid a ref change, by whatever door it came. The objects must be in the store. */
export async function decideRefChange(context: WorldContext, viewer: Viewer, change: WantedRefChange): Promise<RefRefusal | undefined> {
  const store = context.stores.get(change.repository.id)
  const rules = await rulesTouched(context, store, change)
  const rulesets = bindingRules(context, viewer, { repository: change.repository, ref: change.ref, rules })
  if (rulesets.length > 0) return { kind: 'rules', message: renderViolations(rulesets, rules) }
  const lines = await findProtectionBreaches(context, viewer, change)
  if (lines.length > 0) return { kind: 'protection', message: lines.join(' '), lines }
  if (change.new === NULL_OID || mayWriteWorkflows(viewer)) return undefined
  const path = await changesWorkflows(store, change)
  return path === undefined ? undefined : { kind: 'workflow-files', message: renderWorkflowRefusal(viewer, path) }
}

async function rulesTouched(context: WorldContext, store: GitStore, change: WantedRefChange): Promise<readonly RulesetRule[]> {
  if (rulesetsOver(context, change.repository).length === 0) return []
  if (change.new === NULL_OID) return ['deletion']
  const unsigned: readonly RulesetRule[] = (await bringsUnsigned(store, change)) ? ['required_signatures'] : []
  if (change.old === NULL_OID) return ['creation', ...unsigned]
  const isForward = await store.isAncestor(change.old, change.new)
  const direct: readonly RulesetRule[] = change.how === 'merge' ? [] : ['pull_request']
  return ['update', ...direct, ...unsigned, ...(isForward ? [] : ['non_fast_forward' as const])]
}

/** Only what GitHub signed counts as signed: the keys of persons are not known here. What the default branch has is no news. */
async function bringsUnsigned(store: GitStore, change: WantedRefChange): Promise<boolean> {
  if (change.how !== 'move') return false
  const known = change.old === NULL_OID ? await store.readRef(branchRef(change.repository.defaultBranch)) : change.old
  const news = await store.log({ from: change.new, not: known ?? NULL_OID })
  return news.some((oid) => !change.repository.signedCommits.has(oid))
}

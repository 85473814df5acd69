import type { Viewer } from '../auth/viewer.ts'
import { NULL_OID, type GitStore, type Oid } from '../git/types.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository, RulesetRule } from '../world/types.ts'
import { bindingRules, renderViolations } from './rulesets.ts'
import { changesWorkflows, mayWriteWorkflows } from './workflow-files.ts'

export interface WantedRefChange {
  readonly repository: Repository
  readonly ref: string
  /** NULL_OID when it does not exist, or shall not. */
  readonly old: Oid
  readonly new: Oid
  /** Made by GitHub itself, so signed. */
  readonly isSigned: boolean
}

export type RefRefusal =
  | { readonly kind: 'rules'; readonly message: string }
  | { readonly kind: 'workflow-files'; readonly message: string }

/** Whether rulesets or the token forbid a ref change, by whatever door it came. The objects must be in the store. */
export async function decideRefChange(context: WorldContext, viewer: Viewer, change: WantedRefChange): Promise<RefRefusal | undefined> {
  const store = context.stores.get(change.repository.id)
  const rules = await rulesTouched(store, change)
  const rulesets = bindingRules(change.repository, viewer, { ref: change.ref, rules })
  if (rulesets.length > 0) return { kind: 'rules', message: renderViolations(rulesets, rules) }
  if (change.new === NULL_OID || mayWriteWorkflows(viewer)) return undefined
  const path = await changesWorkflows(store, change)
  if (path === undefined) return undefined
  return { kind: 'workflow-files', message: `refusing to allow a GitHub App to create or update workflow \`${path}\` without \`workflows\` permission` }
}

async function rulesTouched(store: GitStore, change: WantedRefChange): Promise<readonly RulesetRule[]> {
  if (change.repository.rulesets.length === 0) return []
  if (change.new === NULL_OID) return ['deletion']
  const unsigned: readonly RulesetRule[] = change.isSigned ? [] : ['required_signatures']
  if (change.old === NULL_OID) return ['creation', ...unsigned]
  const isForward = await store.isAncestor(change.old, change.new)
  return ['update', 'pull_request', ...unsigned, ...(isForward ? [] : ['non_fast_forward' as const])]
}

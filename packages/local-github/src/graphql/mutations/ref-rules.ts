import type { GraphqlContext } from '../context.ts'
import { decideRefChange, type WantedRefChange } from '../../rules/ref-changes.ts'
import { forbidden, unprocessable } from '../refusal.ts'

/**
 * Throws when rulesets or the token forbid a ref change. The message of a ruleset is GitHub's (Thinkmill/keystatic#1601 goes by it, since
 * the type is not `BRANCH_PROTECTION_RULE_VIOLATION` as for classic protection); which type it has instead is not known for certain.
 */
export async function refuseByRules(context: GraphqlContext, change: WantedRefChange): Promise<void> {
  const refusal = await decideRefChange(context.world, context.viewer, change)
  if (refusal === undefined) return
  throw refusal.kind === 'rules' ? unprocessable(refusal.message) : forbidden(refusal.message)
}

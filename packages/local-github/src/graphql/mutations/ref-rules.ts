import { decideRefChange, type RefRefusal, type WantedRefChange } from '../../rules/ref-changes.ts'
import type { GraphqlContext } from '../context.ts'
import { forbidden, Refusal, unprocessable } from '../refusal.ts'

/**
 * What rulesets or the token forbid. The message of a ruleset is GitHub's (Thinkmill/keystatic#1601 goes by it, since the type is not
 * `BRANCH_PROTECTION_RULE_VIOLATION` as for classic protection); which type it has instead is not known for certain.
 */
export function ruleRefusal(refusal: RefRefusal): Refusal {
  switch (refusal.kind) {
    case 'rules':
      return unprocessable(refusal.message)
    case 'protection':
      return new Refusal('BRANCH_PROTECTION_RULE_VIOLATION', refusal.message)
    case 'workflow-files':
      return forbidden(refusal.message)
    default:
      return refusal satisfies never
  }
}

export async function refuseByRules(context: GraphqlContext, change: WantedRefChange): Promise<void> {
  const refusal = await decideRefChange(context.world, context.viewer, change)
  if (refusal !== undefined) throw ruleRefusal(refusal)
}

import { faultsError } from '@switchyard/core'
import type { Plan, PlanIssue } from '@switchyard/planning'
import { defuse, parsePlan } from '@switchyard/planning/plans'
import { planIssues } from '@switchyard/planning/tree'

/** A plan, and the issues that it wants. */
export interface Wanted {
  readonly plan: Plan
  readonly issues: readonly PlanIssue[]
}

/** How a plan's words are written into its issues. */
interface Wording {
  readonly allowMentions: boolean
}

export function toWanted(plan: Plan, { allowMentions }: Wording): Wanted {
  return { plan, issues: planIssues(plan, { allowMentions, defuse }) }
}

/** A plan as the ledger keeps it. @throws {UserError} `PLAN_FAULTY`: rules that came later than it. */
export function readWanted(text: string, wording: Wording): Wanted {
  const parsed = parsePlan(text, { file: 'plan', line: 1 })
  if (parsed.ok) return toWanted(parsed.plan, wording)
  throw faultsError('PLAN_FAULTY', 'The saved plan has faults by today’s rules, and is to be mended and uploaded again', parsed.faults)
}

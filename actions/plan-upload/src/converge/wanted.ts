import { UserError } from '@switchyard/core'
import type { Plan, PlanIssue } from '@switchyard/planning'
import { defuse, parsePlan } from '@switchyard/planning/plans'
import { planIssues } from '@switchyard/planning/tree'
import type { Door } from '../door.ts'

/** A plan, and the issues that it wants. */
export interface Wanted {
  readonly plan: Plan
  readonly issues: readonly PlanIssue[]
}

export function toWanted({ given: { inputs } }: Pick<Door, 'given'>, plan: Plan): Wanted {
  const { allowMentions } = inputs
  return { plan, issues: planIssues(plan, { allowMentions, defuse }) }
}

/** A plan as the ledger keeps it. @throws {UserError} `PLAN_FAULTY`: rules that came later than it. */
export function readWanted(door: Pick<Door, 'given'>, text: string): Wanted {
  const parsed = parsePlan(text, { file: 'plan', line: 1 })
  if (parsed.ok) return toWanted(door, parsed.plan)
  const [first] = parsed.faults
  throw new UserError('PLAN_FAULTY', `The plan that was saved has faults by today’s rules: ${first?.message ?? ''}`, {
    hint: 'Mend it, and upload it again.',
    faults: parsed.faults,
  })
}

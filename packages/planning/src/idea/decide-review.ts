import type { Rejection } from '@switchyard/core'
import type { Verdict } from '../review/model.ts'
import type { CommandOf } from './command.ts'
import type { PlanContext, PlanDecision } from './decision.ts'
import type { RoundRecord } from './records/parts.ts'
import type { Idea } from './records/state.ts'
import { rejectUploads } from './reject.ts'
import { savePlan } from './saved-plan.ts'
import type { IdeaStatus } from './status.ts'
import { findNextUpload } from './uploads.ts'

const AFTER = {
  approved: 'PLAN_REVIEWED',
  'changes-requested': 'PLAN_REVIEW_FAILED',
  continue: 'REVIEWING_PLAN',
} as const satisfies Readonly<Record<Verdict, IdeaStatus>>

/** One round of a review, and with it the plan as the round revised it, which is one more that whoever posts it had saved within the hour. */
export function decideResult(
  idea: Idea,
  { asker, result, convergence, revised }: CommandOf<'review-result'>,
  { at, index }: Pick<PlanContext, 'at' | 'index'>,
): PlanDecision | Rejection {
  const saved = revised && savePlan(revised)
  const isNew = saved !== undefined && saved.plan.sha256 !== idea.plan?.sha256
  const next = isNew ? findNextUpload(index, { login: asker.login, at }) : undefined
  if (next !== undefined) return rejectUploads(asker.login, next)
  const { verdict, findings, reviewer = asker.login } = result
  const round: RoundRecord = {
    round: (idea.rounds.at(-1)?.round ?? 0) + 1,
    reviewer,
    findings: [...findings],
    verdict,
    convergence,
    reviewed_at: new Date(at).toISOString(),
    revised: isNew,
  }
  const data = {
    issue: idea.issue,
    by: asker.login,
    from_status: idea.status,
    to_status: AFTER[verdict],
    round,
    plan: isNew ? saved.plan : null,
    approver: verdict === 'approved' ? asker.login : null,
  }
  return { events: [{ type: 'plan.review-resulted', data }], effects: [], texts: isNew ? [saved.text] : [] }
}

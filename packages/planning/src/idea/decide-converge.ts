import { InternalError, type Rejection, type TextRef } from '@switchyard/core'
import type { Asker, ConvergeEffect, KeyPlace, Target, WrittenPlan } from './command.ts'
import type { PlanDecision } from './decision.ts'
import type { SavedPlan } from './records/parts.ts'
import type { Idea } from './records/state.ts'
import { rejectChanged, rejectTarget } from './reject.ts'
import { savePlan } from './saved-plan.ts'

interface Materialise {
  readonly asker: Asker
  readonly target: Target
  /** Of the plan that `keys` were made of. */
  readonly planSha256: string
  readonly hash: string | undefined
  readonly keys: readonly KeyPlace[]
  readonly allowMentions: boolean
}

/** Makes the saved plan's issues. It is PLANNED when they are made, and goes on where another try stopped. */
export function materialise(idea: Idea, { asker, target, planSha256, hash, keys, allowMentions }: Materialise): PlanDecision | Rejection {
  const { issue, status: from_status } = idea
  const plan = getPlan(idea)
  if (plan.sha256 !== planSha256) return rejectChanged(issue.number, { asked: planSha256, saved: plan.sha256 })
  if (idea.target !== null && idea.target.id !== target.id && Object.keys(idea.items).length > 0) {
    return rejectTarget(idea, target.repository)
  }
  const effect = converge(idea, { target, plan: plan.text, keys, allowMentions })
  const asked = { effect_id: effect.id, target, plan_sha256: planSha256, hash: hash ?? null, items: keys.length }
  const data = { issue, by: asker.login, from_status, ...asked }
  return { events: [{ type: 'plan.materialise-begun', data }], effects: [effect] }
}

interface Sync {
  readonly asker: Asker
  readonly plan: WrittenPlan
  readonly hash: string
  readonly basePlanSha256: string
  readonly keys: readonly KeyPlace[]
  readonly allowMentions: boolean
}

/** Carries a confirmed difference out. The idea stays PLANNED, and takes the plan when its issues are what that wants. */
export function beginSync(idea: Idea, { asker, plan: written, hash, basePlanSha256, keys, allowMentions }: Sync): PlanDecision | Rejection {
  const { issue, status: from_status, target } = idea
  const before = getPlan(idea)
  if (before.sha256 !== basePlanSha256) return rejectChanged(issue.number, { asked: basePlanSha256, saved: before.sha256 })
  if (target === null) throw new InternalError(`The idea #${issue.number} is PLANNED, and nowhere.`)
  const { plan, text } = savePlan(written)
  const effect = converge(idea, { target, plan: plan.text, keys, allowMentions })
  const asked = { effect_id: effect.id, plan, base_sha256: basePlanSha256, hash, items: keys.length }
  const data = { issue, by: asker.login, from_status, ...asked }
  return { events: [{ type: 'plan.sync-begun', data }], effects: [effect], texts: [text] }
}

interface Converging {
  readonly target: Target
  readonly plan: TextRef
  readonly keys: readonly KeyPlace[]
  readonly allowMentions: boolean
}

function converge({ converges, applied }: Idea, { target, plan, keys, allowMentions }: Converging): ConvergeEffect {
  const places = new Map(keys.map(({ key }, at) => [key, at]))
  return {
    id: `converge-${converges + 1}`,
    kind: 'converge',
    target,
    plan,
    applied,
    allow_mentions: allowMentions,
    keys: keys.map(({ key, parent, level }) => [key, level, parent === undefined ? null : (places.get(parent) ?? null)]),
  }
}

/** Statuses that allow it are reached with a plan alone. */
function getPlan({ plan, issue, status }: Idea): SavedPlan {
  if (plan === null) throw new InternalError(`The idea #${issue.number} is ${status} without a plan.`)
  return plan
}

import { InternalError, type Rejection, type TextRef } from '@switchyard/core'
import type { CommandOf, ConvergeEffect } from './command.ts'
import type { PlanDecision } from './decision.ts'
import type { SavedPlan } from './records/parts.ts'
import type { Idea } from './records/state.ts'
import { rejectChanged, rejectTarget } from './reject.ts'
import { savePlan } from './saved-plan.ts'

/** Makes the saved plan's issues. It is PLANNED when they are made, and goes on where another try stopped. */
export function materialise(
  idea: Idea,
  { asker, target, planSha256, hash, ...wanted }: CommandOf<'materialise'>,
): PlanDecision | Rejection {
  const { issue, status: from_status } = idea
  const plan = getPlan(idea)
  if (plan.sha256 !== planSha256) return rejectChanged(issue.number, { asked: planSha256, saved: plan.sha256 })
  const mayStand = Object.keys(idea.items).length > 0 || idea.unlisted !== null
  if (idea.target !== null && idea.target.id !== target.id && mayStand) return rejectTarget(idea, target.repository)
  const effect = converge(idea, { target, plan: plan.text, ...wanted })
  const asked = { effect_id: effect.id, target, plan_sha256: planSha256, hash: hash ?? null, items: wanted.keys.length }
  const data = { issue, by: asker.login, from_status, ...asked }
  return { events: [{ type: 'plan.materialise-begun', data }], effects: [effect] }
}

/** Carries a confirmed difference out. The idea stays PLANNED, and takes the plan when its issues are what that wants. */
export function beginSync(
  idea: Idea,
  { asker, plan: written, hash, basePlanSha256, ...wanted }: CommandOf<'sync'>,
): PlanDecision | Rejection {
  const { issue, status: from_status, target } = idea
  const before = getPlan(idea)
  if (before.sha256 !== basePlanSha256) return rejectChanged(issue.number, { asked: basePlanSha256, saved: before.sha256 })
  if (target === null) throw new InternalError(`The idea #${issue.number} is PLANNED, and nowhere.`)
  const { plan, text } = savePlan(written)
  const effect = converge(idea, { target, plan: plan.text, ...wanted })
  const asked = { effect_id: effect.id, plan, base_sha256: basePlanSha256, hash, items: wanted.keys.length }
  const data = { issue, by: asker.login, from_status, ...asked }
  return { events: [{ type: 'plan.sync-begun', data }], effects: [effect], texts: [text] }
}

interface Wanted extends Pick<CommandOf<'materialise'>, 'target' | 'keys' | 'writer' | 'allowMentions'> {
  readonly plan: TextRef
}

function converge({ converges, applied, unlisted }: Idea, { target, plan, keys, writer, allowMentions }: Wanted): ConvergeEffect {
  const places = new Map(keys.map(({ key }, at) => [key, at]))
  return {
    id: effectId(converges + 1),
    kind: 'converge',
    target,
    plan,
    applied,
    allow_mentions: allowMentions,
    keys: keys.map(({ key, parent, level }) => [key, level, parent === undefined ? null : (places.get(parent) ?? null)]),
    writer: writer ?? null,
    unlisted,
    is_handed_over: false,
  }
}

/** The n-th effect of an idea. */
export function effectId(count: number): string {
  return `converge-${count}`
}

/** Statuses that allow it are reached with a plan alone. */
function getPlan({ plan, issue, status }: Idea): SavedPlan {
  if (plan === null) throw new InternalError(`The idea #${issue.number} is ${status} without a plan.`)
  return plan
}

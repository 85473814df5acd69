import { InternalError, type Rejection } from '@switchyard/core'
import { blankIdea } from './blank-idea.ts'
import type { Asker, CommandOf, IdeaCommand, Target } from './command.ts'
import { beginSync, materialise } from './decide-converge.ts'
import { decideItem } from './decide-item.ts'
import { decideResult } from './decide-review.ts'
import { NOTHING, only, type PlanContext, type PlanDecision } from './decision.ts'
import type { PlanState, Idea } from './records/state.ts'
import { rejectChanged, rejectConverging, rejectStatus, rejectStranger, rejectUploads } from './reject.ts'
import { isSamePlace } from './same-place.ts'
import { savePlan } from './saved-plan.ts'
import { ALLOWED_FROM, MOVES } from './transitions.ts'
import { findNextUpload } from './uploads.ts'

/** What somebody asks; the others happened on GitHub. */
type AskedCommand = Extract<IdeaCommand, { readonly asker: Asker }>

/** One command on an idea. Source: plan contract, the table of states. */
export function decide({ idea }: PlanState, command: IdeaCommand, context: PlanContext): PlanDecision | Rejection {
  if (!('asker' in command)) return decideItem(idea, command, context.subject)
  const { number, title, owner } = command.issue
  const known = { ...(idea ?? blankIdea({ number, title, owner: null })), issue: { number, title, owner: owner ?? null } }
  return refuse(known, command) ?? decideAsked(known, command, context)
}

/** What stands against it whatever it is: rights, what is under way, the status. */
function refuse(idea: Idea, command: AskedCommand): Rejection | undefined {
  const { status, converging } = idea
  const { kind, asker, issue } = command
  const stranger = rejectStranger(asker, issue)
  if (stranger) return stranger
  if (converging !== null) return rejectConverging(issue.number, converging)
  const isAllowed = ALLOWED_FROM[kind].includes(status) || (kind === 'cancel' && findLeft(idea, command) !== undefined)
  return isAllowed ? undefined : rejectStatus(kind, { number: issue.number, status })
}

function decideAsked(idea: Idea, command: AskedCommand, context: PlanContext): PlanDecision | Rejection {
  const { kind, asker } = command
  const moved = { issue: idea.issue, by: asker.login, from_status: idea.status }
  switch (kind) {
    case 'upload':
      return upload(idea, command, context)
    case 'grill-start':
    case 'grill-done':
    case 'plan-start':
    case 'plan-failed':
    case 'review-start':
      return only({ type: MOVES[kind].type, data: moved })
    case 'cancel':
      return cancel(idea, command)
    case 'review-result':
      return decideResult(idea, command, context)
    case 'materialise':
      return materialise(idea, command)
    case 'sync':
      return beginSync(idea, command)
    case 'follow':
      return follow(idea, command)
  }
}

/** Back to where it was. An idea whose issues nobody can see any more lets go of them: its plan is as it was before they were made. */
function cancel(idea: Idea, command: CommandOf<'cancel'>): PlanDecision {
  const { issue, status, before, approver } = idea
  const moved = { issue, by: command.asker.login, from_status: status }
  const left = findLeft(idea, command)
  if (left === undefined) return only({ type: 'plan.cancelled', data: { ...moved, to_status: before ?? 'DRAFT' } })
  return only({ type: 'plan.cancelled', data: { ...moved, to_status: approver === null ? 'PLAN_READY' : 'PLAN_REVIEWED', left } })
}

/** Where the issues stand that the idea is to let go of; undefined: it is to keep them, or has none. */
function findLeft({ status, target }: Idea, { unseen }: CommandOf<'cancel'>): Target | undefined {
  return status === 'PLANNED' && target !== null && target.id === unseen?.id ? target : undefined
}

/** The same plan from the same place once more is nothing to do, whatever its review came to, and counts as no upload. */
function upload(idea: Idea, { asker, plan: written }: CommandOf<'upload'>, { at, index }: PlanContext): PlanDecision | Rejection {
  const { issue, status, rounds } = idea
  const { plan, text } = savePlan(written)
  if (idea.plan?.sha256 === plan.sha256 && isSamePlace(idea.plan.source, plan.source)) return NOTHING
  const next = findNextUpload(index, { login: asker.login, at })
  if (next !== undefined) return rejectUploads(asker.login, next)
  const data = { issue, by: asker.login, from_status: status, length: text.length, plan, superseded_rounds: rounds.length }
  return { events: [{ type: 'plan.uploaded', data }], effects: [], texts: [text] }
}

/** The plan of issues that are made stands somewhere else now: it is read there from now on, and nothing else changes. */
function follow(idea: Idea, { asker, plan: written }: CommandOf<'follow'>): PlanDecision | Rejection {
  const { issue, status, plan: before } = idea
  if (before === null) throw new InternalError(`The idea #${issue.number} is ${status} without a plan.`)
  const { plan } = savePlan(written)
  if (before.sha256 !== plan.sha256) return rejectChanged(issue.number, { asked: plan.sha256, saved: before.sha256 })
  if (isSamePlace(before.source, plan.source)) return NOTHING
  return only({ type: 'plan.followed', data: { issue, by: asker.login, from_status: status, source: plan.source } })
}

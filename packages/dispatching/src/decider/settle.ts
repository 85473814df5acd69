import { InternalError } from '@switchyard/core'
import { explainRefusal } from '../decision/explain.ts'
import { workflowFile } from '../names.ts'
import type { Reason } from '../reasons.ts'
import type { DispatchEffect, IssueEffect, StartWorkflow } from '../records/effects.ts'
import type { DispatchEvent } from '../records/events.ts'
import type { DispatchState } from '../records/state.ts'
import type { DispatchAnswer, IssueAnswer, StartAnswer } from './answers.ts'
import type { DispatchContext, DispatchDecision } from './decide.ts'
import { evolveState } from './evolve.ts'
import { requestClosing, requestProblemIssue, requestSuccessIssue } from './issues.ts'

/** What an effect's answer means: events, and issue effects for what went wrong or is right again. */
// The parameters are Decider's.
// oxlint-disable-next-line eslint/max-params
export function settle(state: DispatchState, effect: DispatchEffect, answer: DispatchAnswer, context: DispatchContext): DispatchDecision {
  if (effect.kind === 'start-workflow') {
    if (answer.kind === 'written' || answer.kind === 'not-written') throw mismatch(effect, answer)
    return settleStart(state, effect, { answer, context })
  }
  if (answer.kind !== 'written' && answer.kind !== 'not-written') throw mismatch(effect, answer)
  return settleIssue(state, effect, answer)
}

function mismatch(effect: DispatchEffect, answer: DispatchAnswer): InternalError {
  return new InternalError(`The answer ${answer.kind} does not belong to a ${effect.kind}.`, { context: { effect: effect.id } })
}

function settleStart(
  state: DispatchState,
  effect: StartWorkflow,
  { answer, context }: { readonly answer: StartAnswer; readonly context: DispatchContext },
): DispatchDecision {
  const { key, source, target, chain, id } = effect
  const about = { key, source, target, effect_id: id }
  const events = (reason: Reason, event: DispatchEvent): DispatchDecision => {
    const refusal = explainRefusal(reason, {
      source: source.repository,
      target: target.repository,
      workflow: workflowFile(target.workflow),
      ref: target.ref,
    })
    const issue = requestProblemIssue(evolveState(state, event), { source, target, refusal, policy: effect.issues }, context)
    return { events: [event, ...issue.events], effects: issue.effects }
  }
  switch (answer.kind) {
    case 'started': {
      const event: DispatchEvent = {
        type: 'dispatch.started',
        data: { ...about, chain, run_id: answer.run?.run_id ?? null, url: answer.run?.url ?? null },
      }
      const issue = requestSuccessIssue(
        evolveState(state, event),
        { source, target, policy: effect.issues, url: answer.run?.url ?? null },
        context,
      )
      return { events: [event, ...issue.events], effects: issue.effects }
    }
    case 'refused':
      return events(answer.reason, { type: 'dispatch.failed', data: { ...about, reason: answer.reason } })
    case 'unclear':
      return events('needs-attention', {
        type: 'dispatch.unclear',
        data: { ...about, reason: 'needs-attention', candidates: [...answer.candidates] },
      })
  }
}

function settleIssue(state: DispatchState, effect: IssueEffect, answer: IssueAnswer): DispatchDecision {
  const about = { issue_key: effect.issue_key, effect_id: effect.id, repository: effect.repository }
  if (answer.kind === 'not-written') {
    const number = effect.kind === 'open-issue' ? null : effect.number
    return { events: [{ type: 'dispatch.issue-failed', data: { ...about, number, status: answer.status } }], effects: [] }
  }
  const data = { ...about, number: answer.number, url: answer.url }
  switch (effect.kind) {
    case 'open-issue': {
      const opened: DispatchEvent = { type: 'dispatch.issue-opened', data }
      if (!effect.close) return { events: [opened], effects: [] }
      const closing = requestClosing(evolveState(state, opened), { ...effect, number: answer.number })
      return { events: [opened, ...closing.events], effects: closing.effects }
    }
    case 'comment-issue':
      // A comment on a problem is on an open issue, or opened it again.
      return { events: [{ type: 'dispatch.issue-commented', data: { ...data, open: effect.reason !== null } }], effects: [] }
    case 'close-issue':
      return { events: [{ type: 'dispatch.issue-closed', data }], effects: [] }
  }
}

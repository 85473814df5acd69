import { InternalError, toTextRef, truncate } from '@switchyard/core'
import { findRun } from './active-run.ts'
import type { BootstrapAnswer } from './answers.ts'
import type { BootstrapDecision } from './decide.ts'
import { MAX_ERROR_LENGTH } from './limits.ts'
import type { ApplySettings, BootstrapEffect, CreateRepository, DeleteRepository, OpenUpdate, Push } from './records/effects.ts'
import type { BootstrapEvent } from './records/events.ts'
import type { Step } from './records/parts.ts'
import type { BootstrapState, Run } from './records/state.ts'

/** Said of a run whose process is gone before it could push. */
export const ABANDONED = {
  code: 'RUN_ABANDONED',
  message: 'The workflow run ended before the repository was complete.',
} as const

/** What an effect's answer means: a checkpoint, the next step, or the run's end. A late success never overwrites a cancel. */
export function settle(state: BootstrapState, effect: BootstrapEffect, answer: BootstrapAnswer): BootstrapDecision {
  switch (effect.kind) {
    case 'create-repository':
      return settleCreate(getRun(state, effect.run_id), effect, answer)
    case 'push':
      return settlePush(getRun(state, effect.run_id), effect, answer)
    case 'apply-settings':
      return settleSettings(getRun(state, effect.run_id), effect, answer)
    case 'delete-repository':
      return settleDelete(effect, answer)
    case 'open-update':
      return settleUpdate(effect, answer)
  }
}

function settleCreate(run: Run, effect: CreateRepository, answer: BootstrapAnswer): BootstrapDecision {
  const { run_id } = effect
  if (answer.kind === 'failed') return failed(run, 'create-repository', answer)
  if (answer.kind !== 'repository') throw mismatch(effect, answer)
  const { repository } = answer
  const created: BootstrapEvent = { type: 'bootstrap.repository-created', data: { run_id, repository } }
  if (run.status !== 'RUNNING') return { events: [created, stopped(run_id)], effects: [] }
  if (!answer.goesOn) return after(created, failed(run, 'push', { ...answer, kind: 'failed', error: ABANDONED }))
  const push: Push = { id: `push-${run_id}`, kind: 'push', run_id, repository, commit: run.plan.commit }
  return { events: [created], effects: [push] }
}

function settlePush(run: Run, effect: Push, answer: BootstrapAnswer): BootstrapDecision {
  const { run_id, repository } = effect
  if (answer.kind === 'failed') return failed(run, 'push', answer)
  if (answer.kind !== 'pushed') throw mismatch(effect, answer)
  const pushed: BootstrapEvent = { type: 'bootstrap.pushed', data: { run_id, commit: answer.commit } }
  if (run.status !== 'RUNNING') return { events: [pushed, stopped(run_id)], effects: [] }
  const settings: ApplySettings = {
    id: `settings-${run_id}`,
    kind: 'apply-settings',
    run_id,
    repository,
    recipe: run.plan.recipe,
    description: describe(run),
  }
  return { events: [pushed], effects: [settings] }
}

function settleSettings(run: Run, effect: ApplySettings, answer: BootstrapAnswer): BootstrapDecision {
  const { run_id } = effect
  if (answer.kind === 'failed') return failed(run, 'apply-settings', answer)
  if (answer.kind !== 'settled') throw mismatch(effect, answer)
  if (run.status !== 'RUNNING') return { events: [stopped(run_id)], effects: [] }
  const { log, texts } = keepLog(answer.log)
  return { events: [{ type: 'bootstrap.succeeded', data: { run_id, warnings: [...answer.warnings], log } }], effects: [], texts }
}

function settleDelete(effect: DeleteRepository, answer: BootstrapAnswer): BootstrapDecision {
  const { run_id, by } = effect
  if (answer.kind === 'deleted') return only({ type: 'bootstrap.cleaned', data: { run_id, outcome: 'deleted', by } })
  if (answer.kind === 'failed') return only({ type: 'bootstrap.cleanup-failed', data: { run_id, error: answer.error } })
  throw mismatch(effect, answer)
}

function settleUpdate(effect: OpenUpdate, answer: BootstrapAnswer): BootstrapDecision {
  const { update_id, repository, repository_id } = effect
  const about = { update_id, repository, repository_id }
  if (answer.kind === 'update') return only({ type: 'bootstrap.update-opened', data: { ...about, number: answer.number, url: answer.url } })
  if (answer.kind === 'failed') return only({ type: 'bootstrap.update-failed', data: { ...about, error: answer.error } })
  throw mismatch(effect, answer)
}

function failed(run: Run, step: Step, { error, log: text }: Extract<BootstrapAnswer, { kind: 'failed' }>): BootstrapDecision {
  const { run_id } = run.plan
  if (run.status !== 'RUNNING') return only(stopped(run_id))
  const { log, texts } = keepLog(text)
  const message = truncate(error.message, MAX_ERROR_LENGTH)
  return { events: [{ type: 'bootstrap.failed', data: { run_id, step, error: { code: error.code, message }, log } }], effects: [], texts }
}

function keepLog(text: string | undefined): { log: ReturnType<typeof toTextRef> | null; texts: readonly string[] } {
  return text === undefined || text === '' ? { log: null, texts: [] } : { log: toTextRef(text), texts: [text] }
}

function stopped(run_id: string): BootstrapEvent {
  return { type: 'bootstrap.stopped', data: { run_id } }
}

function only(event: BootstrapEvent): BootstrapDecision {
  return { events: [event], effects: [] }
}

function after(event: BootstrapEvent, decision: BootstrapDecision): BootstrapDecision {
  return { ...decision, events: [event, ...decision.events] }
}

/** What the finished repository says of itself, in place of the run's name. */
function describe({ plan }: Run): string {
  return `From ${plan.template_repo} ${plan.template_version}`.slice(0, 350)
}

function getRun(state: BootstrapState, runId: string): Run {
  const run = findRun(state, runId)
  if (!run) throw new InternalError(`The run ${runId} is not among those of its subject.`)
  return run
}

function mismatch(effect: BootstrapEffect, answer: BootstrapAnswer): InternalError {
  return new InternalError(`The answer ${answer.kind} does not belong to a ${effect.kind}.`, { context: { effect: effect.id } })
}

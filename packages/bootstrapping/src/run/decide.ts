import type { Context, Decision, Rejection } from '@switchyard/core'
import { findActiveRun, findEndingRun, findUncleanedRun } from './active-run.ts'
import type { BootstrapCommand, CleanUp, RequestUpdate, Start } from './command.ts'
import { startsOf } from './evolve.ts'
import { findMovedTag } from './moved-tag.ts'
import { HOUR_MS, STARTS_PER_HOUR } from './limits.ts'
import type { BootstrapEffect } from './records/effects.ts'
import type { BootstrapEvent } from './records/events.ts'
import type { BootstrapIndex, BootstrapState } from './records/state.ts'

export type BootstrapContext = Context<BootstrapIndex, BootstrapState>
export type BootstrapDecision = Decision<BootstrapEvent, BootstrapEffect>

/** Why a command was refused. */
export const REJECTIONS = [
  'RUN_ACTIVE',
  'CLEANUP_FIRST',
  'RUN_CANCELLED',
  'APPROVAL_OUTDATED',
  'TEMPLATE_MOVED',
  'TOO_MANY_STARTS',
  'NOTHING_TO_CLEAN_UP',
  'NOT_CONFIRMED',
] as const
export type RejectionCode = (typeof REJECTIONS)[number]

export function decide(state: BootstrapState, command: BootstrapCommand, context: BootstrapContext): BootstrapDecision | Rejection {
  switch (command.kind) {
    case 'start':
      return decideStart(state, command, context)
    case 'cancel':
      return only({ type: 'bootstrap.cancelled', data: { run_id: findActiveRun(state)?.plan.run_id ?? null, asked_at: command.asked_at } })
    case 'clean-up':
      return decideCleanUp(state, command, context)
    case 'update':
      return decideUpdate(state, command)
    case 'handle-comments':
      return only({ type: 'bootstrap.comments-handled', data: { cursor: command.cursor } })
  }
}

function decideStart(state: BootstrapState, command: Start, context: BootstrapContext): BootstrapDecision | Rejection {
  const { plan } = command
  const refused = refuseStart(state, command, context)
  if (refused) return refused
  const { run_id, owner, owner_kind, slug, visibility, commit } = plan
  return {
    events: [
      { type: 'bootstrap.requested', data: plan },
      { type: 'bootstrap.started', data: { run_id } },
    ],
    effects: [{ id: `create-${run_id}`, kind: 'create-repository', run_id, owner, owner_kind, slug, visibility, commit }],
    texts: [command.recipe],
  }
}

/** What an earlier run for the same repository has to be over with first, whatever is asked for. */
export function refuseBusy(state: BootstrapState, name: string): Rejection | undefined {
  const active = findActiveRun(state) ?? findEndingRun(state)
  if (active) return reject('RUN_ACTIVE', `Run ${active.plan.run_id} for ${name} is going on.`, 'Wait for its end, or cancel it.')
  const orphan = findUncleanedRun(state)
  if (orphan) {
    const hint = `Delete it with \`/bootstrap cleanup delete ${name}\`, or keep it with \`/bootstrap cleanup resolve ${name}\`.`
    return reject('CLEANUP_FIRST', `Run ${orphan.plan.run_id} left the repository ${orphan.repository?.full_name ?? name} over.`, hint)
  }
  return undefined
}

function refuseStart(state: BootstrapState, { plan, asked_at, approved, repin }: Start, context: BootstrapContext): Rejection | undefined {
  const name = `${plan.owner}/${plan.slug}`
  const busy = refuseBusy(state, name)
  if (busy) return busy
  if (state.cancelled_at !== null && state.cancelled_at >= asked_at) {
    return reject('RUN_CANCELLED', `${name} was cancelled while the run was being prepared.`, 'Ask for a run again, if it is still wanted.')
  }
  if (approved !== null && approved !== plan.approval_hash) {
    const hint =
      'Something that was approved has changed since: the recipe, the catalogue, the template or the name. Look at a new preview.'
    return reject('APPROVAL_OUTDATED', `${short(approved)} was approved, and today it is ${short(plan.approval_hash)}.`, hint)
  }
  const moved = repin
    ? undefined
    : findMovedTag(context.index, { repository: plan.template_repo, version: plan.template_version, commit: plan.template_source_sha })
  if (moved !== undefined) {
    return reject(moved.code, moved.message, moved.hint)
  }
  const { login } = plan.requested_by
  const starts = startsOf(context.index, login).filter((at) => at > context.at - HOUR_MS)
  if (starts.length >= STARTS_PER_HOUR) {
    return reject(
      'TOO_MANY_STARTS',
      `${login} has started ${starts.length} runs in the last hour; ${STARTS_PER_HOUR} are allowed.`,
      'Wait for some minutes.',
    )
  }
  return undefined
}

function decideCleanUp(state: BootstrapState, { outcome, confirmed }: CleanUp, context: BootstrapContext): BootstrapDecision | Rejection {
  const run = findUncleanedRun(state)
  if (!run?.repository) {
    return reject('NOTHING_TO_CLEAN_UP', `No run of ${context.subject} has left a repository over.`, 'There is nothing to do.')
  }
  const { repository, plan } = run
  if (run.is_under_way) {
    return reject('RUN_ACTIVE', `Run ${plan.run_id} was cancelled, and its last step has not ended.`, 'Wait for its end.')
  }
  if (confirmed.toLowerCase() !== repository.full_name.toLowerCase()) {
    return reject(
      'NOT_CONFIRMED',
      `What was left over is ${repository.full_name}, and ${JSON.stringify(confirmed)} was named.`,
      'Write its name out.',
    )
  }
  const { run_id } = plan
  const by = context.actor.login
  if (outcome === 'resolve') return only({ type: 'bootstrap.cleaned', data: { run_id, outcome: 'resolved', by } })
  const id = `delete-${run_id}.${run.cleanups_asked + 1}`
  return {
    events: [{ type: 'bootstrap.cleanup-requested', data: { run_id, repository, effect_id: id } }],
    effects: [{ id, kind: 'delete-repository', run_id, repository, commit: run.pushed_commit ?? plan.commit, by }],
  }
}

/** The same update is opened once; one that failed may be tried again. */
function decideUpdate(state: BootstrapState, { kind: _, ...update }: RequestUpdate): BootstrapDecision {
  const before = state.updates[update.update_id]
  if (before && before.status !== 'failed') return { events: [], effects: [] }
  const id = `update-${update.update_id}.${(before?.tries ?? 0) + 1}`
  const { update_id, repository, repository_id, branch } = update
  return {
    events: [{ type: 'bootstrap.update-requested', data: { update_id, repository, repository_id, branch, effect_id: id } }],
    effects: [{ id, kind: 'open-update', ...update }],
  }
}

function only(event: BootstrapEvent): BootstrapDecision {
  return { events: [event], effects: [] }
}

function reject(code: RejectionCode, message: string, hint: string): Rejection {
  return { rejected: { code, message, hint } }
}

function short(hash: string): string {
  return hash.slice(0, 12)
}

import { announce } from '../events/announce.ts'
import { presentRun, presentWorkflow } from '../present/runs.ts'
import { getAccount } from '../world/accounts.ts'
import { suiteFor } from '../world/checks.ts'
import { takeId, type WorldContext } from '../world/context.ts'
import { branchRef } from '../git/ref-names.ts'
import type { Oid } from '../git/types.ts'
import { actionsApp } from '../world/tokens.ts'
import type { Account, Repository, RunConclusion, RunOrigin, TokenKind, WorkflowRun, WorkflowRunAttempt } from '../world/types.ts'
import type { KnownWorkflow } from '../world/workflows.ts'
import { titleOf } from './run-title.ts'

export interface NewRun {
  readonly repository: Repository
  readonly workflow: KnownWorkflow
  readonly event: string
  readonly actor: Account
  readonly cause: TokenKind | undefined
  readonly headBranch: string | undefined
  readonly headSha: Oid
  readonly headRepository?: Repository
  readonly inputs?: Readonly<Record<string, string>>
  /** Used when the workflow has no `run-name`. */
  readonly title?: string
  /** What is not given follows from the branch and the commit. */
  readonly origin?: Partial<RunOrigin>
}

/** A run is queued, and handed to the runner if one is attached: nothing executes here. */
export async function startRun(context: WorldContext, wanted: NewRun): Promise<WorkflowRun> {
  const { repository, workflow, actor, inputs = {}, headBranch, headSha } = wanted
  const at = context.clock.moment()
  const number = repository.nextRunNumbers.get(workflow.workflow.id) ?? 1
  repository.nextRunNumbers.set(workflow.workflow.id, number + 1)
  const suite = suiteFor(context, repository, { appId: actionsApp.id, headSha, ...(headBranch === undefined ? {} : { headBranch }) })
  const id = takeId(context)
  const ref = wanted.origin?.ref ?? branchRef(headBranch ?? repository.defaultBranch)
  const origin = { payload: {}, ref, headRef: '', baseRef: '', fileSha: headSha, fileRef: ref, chained: 0, ...wanted.origin }
  const run: WorkflowRun = {
    id,
    repositoryId: repository.id,
    workflowId: workflow.workflow.id,
    workflowPath: workflow.file.path,
    workflowName: workflow.file.name,
    runNumber: number,
    displayTitle: titleOf(context, { ...wanted, id, number, origin }),
    event: wanted.event,
    headBranch,
    headSha,
    headRepositoryId: (wanted.headRepository ?? repository).id,
    actorId: actor.id,
    checkSuiteId: suite.id,
    inputs,
    origin,
    attempts: [newAttempt(1, { at, actor, status: 'queued' })],
    createdAt: at,
  }
  context.state.runs.set(run.id, run)
  await announceRun(context, run, { action: 'requested', sender: actor, cause: wanted.cause })
  context.runner.current?.start(run)
  return run
}

interface AttemptStart {
  readonly at: string
  readonly actor: Account
  readonly status: WorkflowRunAttempt['status']
}

function newAttempt(number: number, { at, actor, status }: AttemptStart): WorkflowRunAttempt {
  return { number, status, conclusion: undefined, triggeringActorId: actor.id, startedAt: at, updatedAt: at }
}

/** The run's jobs begin. */
export async function beginRun(context: WorldContext, run: WorkflowRun): Promise<void> {
  const attempt = currentAttempt(run)
  if (attempt.status === 'completed') throw new Error(`run ${run.id} has ended`)
  attempt.status = 'in_progress'
  attempt.updatedAt = context.clock.moment()
  await announceRun(context, run, { action: 'in_progress', sender: getAccount(context, run.actorId), cause: undefined })
}

/**
 * Ends a run's current attempt. Returns the `workflow_run` `completed` payload.
 *
 * @throws {Error} if it has ended already.
 */
export async function completeRun(
  context: WorldContext,
  run: WorkflowRun,
  { conclusion, sender }: { readonly conclusion: RunConclusion; readonly sender: Account },
): Promise<Readonly<Record<string, unknown>>> {
  const attempt = currentAttempt(run)
  if (attempt.status === 'completed') throw new Error(`run ${run.id} has ended already, with ${attempt.conclusion}`)
  attempt.status = 'completed'
  attempt.conclusion = conclusion
  attempt.updatedAt = context.clock.moment()
  return announceRun(context, run, { action: 'completed', sender, cause: undefined })
}

/** Asks the runner to end the run; with none attached it has ended at once. */
export async function cancelRun(context: WorldContext, run: WorkflowRun, force: boolean): Promise<void> {
  const runner = context.runner.current
  if (runner === undefined) await completeRun(context, run, { conclusion: 'cancelled', sender: getAccount(context, run.actorId) })
  else runner.cancel(run, force)
}

export function currentAttempt(run: WorkflowRun): WorkflowRunAttempt {
  const attempt = run.attempts.at(-1)
  if (attempt === undefined) throw new Error(`run ${run.id} has no attempt`)
  return attempt
}

/**
 * A new attempt of a completed run; with no runner attached it is in progress at once.
 *
 * @throws {Error} if it has not ended.
 */
export function rerun(context: WorldContext, run: WorkflowRun, sender: Account): void {
  if (currentAttempt(run).status !== 'completed') throw new Error(`run ${run.id} has not ended`)
  const runner = context.runner.current
  const start = { at: context.clock.moment(), actor: sender, status: runner === undefined ? 'in_progress' : 'queued' } as const
  run.attempts.push(newAttempt(run.attempts.length + 1, start))
  runner?.start(run)
}

async function announceRun(
  context: WorldContext,
  run: WorkflowRun,
  { action, sender, cause }: { readonly action: string; readonly sender: Account; readonly cause: TokenKind | undefined },
): Promise<Readonly<Record<string, unknown>>> {
  const repository = context.state.repositories.get(run.repositoryId)
  const workflow = context.state.workflows.get(run.workflowId)
  if (repository === undefined || workflow === undefined) throw new Error(`run ${run.id} is of nowhere`)
  const content = {
    workflow: presentWorkflow(context, workflow, run.workflowName),
    workflow_run: await presentRun(context, run, { webhook: true }),
  }
  return announce(context, { name: 'workflow_run', action, repository, sender, cause, content })
}

import { announce } from '../events/announce.ts'
import type { Oid } from '../git/types.ts'
import { presentRun, presentWorkflow } from '../present/runs.ts'
import { suiteFor } from '../world/checks.ts'
import { takeId, type WorldContext } from '../world/context.ts'
import { fullName } from '../world/repositories.ts'
import { renderRunName } from '../world/run-name.ts'
import { actionsApp } from '../world/tokens.ts'
import type { Account, Repository, RunConclusion, TokenKind, WorkflowRun } from '../world/types.ts'
import type { KnownWorkflow } from '../world/workflows.ts'

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
}

/** A run is queued: nothing executes here. Whoever runs jobs is told by the event `workflow_run` `requested`. */
export async function startRun(context: WorldContext, wanted: NewRun): Promise<WorkflowRun> {
  const { repository, workflow, actor, inputs = {} } = wanted
  const at = context.clock.moment()
  const number = repository.nextRunNumbers.get(workflow.workflow.id) ?? 1
  repository.nextRunNumbers.set(workflow.workflow.id, number + 1)
  const suite = suiteFor(context, repository, { appId: actionsApp.id, headSha: wanted.headSha, ...(wanted.headBranch === undefined ? {} : { headBranch: wanted.headBranch }) })
  const run: WorkflowRun = {
    id: takeId(context), repositoryId: repository.id, workflowId: workflow.workflow.id, workflowPath: workflow.file.path, workflowName: workflow.file.name,
    runNumber: number, displayTitle: titleOf(context, wanted), event: wanted.event, headBranch: wanted.headBranch, headSha: wanted.headSha,
    headRepositoryId: (wanted.headRepository ?? repository).id, actorId: actor.id, checkSuiteId: suite.id, inputs,
    attempts: [{ number: 1, status: 'queued', conclusion: undefined, triggeringActorId: actor.id, startedAt: at, updatedAt: at }], createdAt: at,
  }
  context.state.runs.set(run.id, run)
  await announceRun(context, run, { action: 'requested', sender: actor, cause: wanted.cause })
  return run
}

function titleOf(context: WorldContext, { repository, workflow, actor, event, headBranch, headSha, inputs = {}, title }: NewRun): string {
  const github = {
    actor: actor.login, event_name: event, ref: `refs/heads/${headBranch ?? ''}`, ref_name: headBranch ?? '', sha: headSha,
    repository: fullName(context, repository), workflow: workflow.file.name,
  }
  const declared = Object.fromEntries([...(workflow.file.inputs ?? [])].map(([name, input]) => [name, input.default ?? '']))
  const runName = workflow.file.runName === undefined ? undefined : renderRunName(workflow.file.runName, { inputs: { ...declared, ...inputs }, github })
  return runName?.trim() || title || workflow.file.name
}

/** Ends a run's current attempt. Returns the `workflow_run` `completed` payload. */
export async function completeRun(
  context: WorldContext,
  run: WorkflowRun,
  { conclusion, sender }: { readonly conclusion: RunConclusion; readonly sender: Account },
): Promise<Readonly<Record<string, unknown>>> {
  const attempt = currentAttempt(run)
  attempt.status = 'completed'
  attempt.conclusion = conclusion
  attempt.updatedAt = context.clock.moment()
  return announceRun(context, run, { action: 'completed', sender, cause: undefined })
}

export function currentAttempt(run: WorkflowRun): WorkflowRun['attempts'][number] {
  const attempt = run.attempts.at(-1)
  if (attempt === undefined) throw new Error(`run ${run.id} has no attempt`)
  return attempt
}

/** A new attempt of a completed run, in progress at once. */
export function rerun(context: WorldContext, run: WorkflowRun, sender: Account): void {
  const at = context.clock.moment()
  run.attempts.push({ number: run.attempts.length + 1, status: 'in_progress', conclusion: undefined, triggeringActorId: sender.id, startedAt: at, updatedAt: at })
}

async function announceRun(
  context: WorldContext,
  run: WorkflowRun,
  { action, sender, cause }: { readonly action: string; readonly sender: Account; readonly cause: TokenKind | undefined },
): Promise<Readonly<Record<string, unknown>>> {
  const repository = context.state.repositories.get(run.repositoryId)
  const workflow = context.state.workflows.get(run.workflowId)
  if (repository === undefined || workflow === undefined) throw new Error(`run ${run.id} is of nowhere`)
  const content = { workflow: presentWorkflow(context, workflow, run.workflowName), workflow_run: await presentRun(context, run, { webhook: true }) }
  return announce(context, { name: 'workflow_run', action, repository, sender, cause, content })
}

import { UserError } from '@switchyard/core'
import type { WorkflowRun } from '@switchyard/local-github'
import { beginRun, completeRun, fullName, getAccount, getRepository } from '@switchyard/local-github/runner'
import { z } from 'zod'
import { dispatchInputs, planContexts } from './contexts.ts'
import { hold } from './hold-group.ts'
import { prepareWorkflow, type PreparedWorkflow } from './prepare.ts'
import type { Conclusion, RunView } from './progress.ts'
import { runJobs } from './run-jobs.ts'
import type { ActiveRun, JobsScope, RunnerCore } from './run.ts'

/** How a run is ended from outside. */
export interface RunControls {
  /** Stops it, with what always runs run. */
  readonly cancel: AbortController
  /** Ends it at once. */
  readonly kill: AbortController
}

/** Executes a queued run's current attempt to its end, and says on GitHub how it ended. */
export async function executeRun(core: RunnerCore, record: WorkflowRun, { cancel, kill }: RunControls): Promise<void> {
  const { world } = core.github
  const started = performance.now()
  const repository = fullName(world, getRepository(world, record.repositoryId))
  const view = viewOf(core, record, repository)
  const run: ActiveRun = { core, record, view, repository, cancel: cancel.signal, kill: AbortSignal.any([kill.signal, core.kill]) }
  core.report({ kind: 'run-queued', run: view })
  const conclusion = await conclude(run, cancel)
  await completeRun(world, record, { conclusion, sender: getAccount(world, record.actorId) })
  core.report({ kind: 'run-completed', run: view, conclusion, durationMs: performance.now() - started })
}

function viewOf({ github }: RunnerCore, record: WorkflowRun, repository: string): RunView {
  return {
    id: record.id,
    attempt: record.attempts.length,
    repository,
    workflow: record.workflowName,
    path: record.workflowPath,
    title: record.displayTitle,
    event: record.event,
    startedBy: findStarter(record),
    actor: getAccount(github.world, record.actorId).login,
    url: `${github.serverUrl}/${repository}/actions/runs/${record.id}`,
  }
}

const starterShape = z.object({ workflow_run: z.object({ id: z.number() }) })

function findStarter({ event, origin }: WorkflowRun): number | undefined {
  const parsed = event === 'workflow_run' ? starterShape.safeParse(origin.payload) : undefined
  return parsed?.data?.workflow_run.id
}

async function conclude(run: ActiveRun, cancel: AbortController): Promise<Conclusion> {
  const { core, record, view, repository } = run
  try {
    const place = { repository, sha: record.origin.fileSha }
    const prepared = await prepareWorkflow(
      { world: core.github.world, actions: core.actions, labels: core.labels },
      place,
      record.workflowPath,
    )
    return await runInGroup(run, prepared, cancel)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    core.report({ kind: 'run-refused', run: view, reasons: error.message.split('\n') })
    return 'startup_failure'
  }
}

async function runInGroup(run: ActiveRun, prepared: PreparedWorkflow, cancel: AbortController): Promise<Conclusion> {
  const scope: JobsScope = {
    run,
    prepared,
    inputs: await dispatchInputs(run),
    secrets: undefined,
    cap: undefined,
    prefix: '',
    cancel: cancel.signal,
    heldGroups: [],
  }
  const held = await hold(run, { concurrency: prepared.model.concurrency, contexts: planContexts(scope, {}), cancel, heldAbove: [] })
  if (held === undefined) return 'cancelled'
  try {
    await beginRun(run.core.github.world, run.record)
    run.core.report({ kind: 'run-started', run: run.view })
    const { result } = await runJobs({ ...scope, heldGroups: held.key === undefined ? [] : [held.key] })
    return cancel.signal.aborted ? 'cancelled' : result
  } finally {
    held.leave()
  }
}

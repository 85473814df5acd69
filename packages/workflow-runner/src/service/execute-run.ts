import { UserError } from '@switchyard/core'
import type { WorkflowRun } from '@switchyard/local-github'
import { beginRun, completeRun, fullName, getAccount, getRepository } from '@switchyard/local-github/runner'
import { z } from 'zod'
import { dispatchInputs, planContexts } from './contexts.ts'
import { hold } from './hold-group.ts'
import type { LinePlace } from './line.ts'
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
  // Groups are asked for in the order in which the runs were started: a file that takes long to read loses no place.
  const place = core.line.join()
  core.report({ kind: 'run-queued', run: view })
  const conclusion = await conclude(run, { cancel, place }).finally(place.pass)
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

interface Entry {
  readonly cancel: AbortController
  readonly place: LinePlace
}

async function conclude(run: ActiveRun, entry: Entry): Promise<Conclusion> {
  const { core, record, view, repository } = run
  try {
    const source = { repository, sha: record.origin.fileSha }
    const prepared = await prepareWorkflow(
      { world: core.github.world, actions: core.actions, labels: core.labels },
      source,
      record.workflowPath,
    )
    return await runInGroup(run, prepared, entry)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    core.report({ kind: 'run-refused', run: view, reasons: error.message.split('\n') })
    return 'startup_failure'
  }
}

async function runInGroup(run: ActiveRun, prepared: PreparedWorkflow, { cancel, place }: Entry): Promise<Conclusion> {
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
  await place.turn
  const holding = hold(run, { concurrency: prepared.model.concurrency, contexts: planContexts(scope, {}), cancel, heldAbove: [] })
  place.pass()
  const held = await holding
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

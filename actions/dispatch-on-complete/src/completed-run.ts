import type { CompletedRun } from '@switchyard/dispatching'
import type { WorkflowRun } from '@switchyard/github/operations'

/** A run as GitHub tells it, as the rules want it. */
export function toCompletedRun(run: WorkflowRun): CompletedRun {
  return {
    id: run.id,
    number: run.number,
    attempt: run.attempt,
    path: run.path,
    workflow: run.workflowName,
    displayTitle: run.displayTitle,
    event: run.event,
    conclusion: run.conclusion ?? 'unknown',
    headBranch: run.headBranch ?? null,
    headSha: run.headSha,
    headRepositoryId: run.headRepositoryId ?? null,
    actor: run.actor,
    url: run.url,
  }
}

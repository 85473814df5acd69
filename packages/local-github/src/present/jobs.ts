import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import { getRepository } from '../world/repositories.ts'
import type { WorkflowJob, WorkflowRun } from '../world/types.ts'
import { repositoryPage, repositoryUrl } from './repositories.ts'

/** OpenAPI `job`. */
export function presentJob(context: WorldContext, run: WorkflowRun, job: WorkflowJob) {
  const repository = getRepository(context, run.repositoryId)
  const url = repositoryUrl(context, repository)
  const hasBegun = job.status !== 'queued'
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflowName,
    head_branch: run.headBranch ?? null,
    run_url: `${url}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId('job', job.id),
    head_sha: run.headSha,
    url: `${url}/actions/jobs/${job.id}`,
    html_url: `${repositoryPage(context, repository)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion ?? null,
    created_at: job.createdAt,
    started_at: job.startedAt,
    completed_at: job.completedAt ?? null,
    name: job.name,
    steps: job.steps.map((step) => ({
      name: step.name,
      status: step.status,
      conclusion: step.conclusion ?? null,
      number: step.number,
      started_at: step.startedAt ?? null,
      completed_at: step.completedAt ?? null,
    })),
    check_run_url: `${url}/check-runs/${job.checkRunId}`,
    labels: [...job.labels],
    runner_id: hasBegun ? 1 : null,
    runner_name: hasBegun ? 'Switchyard 1' : null,
    runner_group_id: hasBegun ? 1 : null,
    runner_group_name: hasBegun ? 'Default' : null,
  }
}

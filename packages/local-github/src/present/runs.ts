import { getAccount } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import { getRepository } from '../world/repositories.ts'
import type { Workflow, WorkflowRun, WorkflowRunAttempt } from '../world/types.ts'
import { presentAccount } from './accounts.ts'
import { presentSimpleCommit } from './commits.ts'
import { presentMinimalRepository, repositoryPage, repositoryUrl } from './repositories.ts'

/** OpenAPI `workflow`. */
export function presentWorkflow(context: WorldContext, workflow: Workflow, name: string) {
  const repository = getRepository(context, workflow.repositoryId)
  const page = repositoryPage(context, repository)
  const file = workflow.path.split('/').at(-1) ?? ''
  return {
    id: workflow.id,
    node_id: nodeId('workflow', workflow.id),
    name,
    path: workflow.path,
    state: workflow.state,
    created_at: workflow.createdAt,
    updated_at: workflow.updatedAt,
    url: `${repositoryUrl(context, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/actions/workflows/${file}/badge.svg`,
  }
}

export interface RunView {
  readonly attempt?: WorkflowRunAttempt
  /** Webhooks carry a little less than the API. */
  readonly webhook?: boolean
}

/** OpenAPI `workflow-run`. */
export async function presentRun(
  context: WorldContext,
  run: WorkflowRun,
  { attempt = run.attempts.at(-1), webhook = false }: RunView = {},
) {
  if (attempt === undefined) throw new Error(`run ${run.id} has no attempt`)
  const repository = getRepository(context, run.repositoryId)
  const url = `${repositoryUrl(context, repository)}/actions/runs/${run.id}`
  const commit = await context.stores.get(run.headRepositoryId).readCommit(run.headSha)
  const isFirst = attempt.number === 1
  return {
    id: run.id,
    name: run.workflowName,
    node_id: nodeId('workflowRun', run.id),
    head_branch: run.headBranch ?? null,
    head_sha: run.headSha,
    path: run.workflowPath,
    display_title: run.displayTitle,
    run_number: run.runNumber,
    event: run.event,
    status: attempt.status,
    conclusion: attempt.conclusion ?? null,
    workflow_id: run.workflowId,
    check_suite_id: run.checkSuiteId,
    check_suite_node_id: nodeId('checkSuite', run.checkSuiteId),
    url,
    html_url: `${repositoryPage(context, repository)}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: attempt.updatedAt,
    actor: presentAccount(context, getAccount(context, run.actorId)),
    run_attempt: attempt.number,
    referenced_workflows: [],
    run_started_at: attempt.startedAt,
    triggering_actor: presentAccount(context, getAccount(context, attempt.triggeringActorId)),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(context, repository)}/check-suites/${run.checkSuiteId}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: isFirst ? null : `${url}/attempts/${attempt.number - 1}`,
    workflow_url: `${repositoryUrl(context, repository)}/actions/workflows/${run.workflowId}`,
    head_commit: commit === undefined ? null : presentSimpleCommit(commit),
    repository: presentMinimalRepository(context, repository),
    head_repository: presentMinimalRepository(context, getRepository(context, run.headRepositoryId)),
    ...(webhook ? {} : { head_repository_id: run.headRepositoryId }),
  }
}

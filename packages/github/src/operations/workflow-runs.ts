import { GitHubError, type RunRef, splitFullName } from '@switchyard/core'
import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'

/** A workflow run, as REST tells it. */
export interface WorkflowRun {
  readonly id: number
  readonly attempt: number
  readonly number: number
  /** Path of the workflow's file, without a ref. */
  readonly path: string
  readonly workflowName: string
  readonly displayTitle: string
  readonly event: string
  readonly status: string
  readonly conclusion: string | undefined
  readonly headBranch: string | undefined
  readonly headSha: string
  readonly headRepositoryId: number | undefined
  readonly repositoryId: number
  readonly actor: string
  readonly url: string
  /** ms since the epoch. */
  readonly createdAt: number
}

const workflowRun = z.object({
  id: z.number(),
  run_attempt: z.number().default(1),
  run_number: z.number(),
  path: z.string(),
  name: z.string().nullish(),
  display_title: z.string(),
  event: z.string(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  head_branch: z.string().nullable(),
  head_sha: z.string(),
  head_repository: z.object({ id: z.number() }).nullish(),
  repository: z.object({ id: z.number() }),
  actor: z.object({ login: z.string() }).nullish(),
  html_url: z.string(),
  created_at: z.string(),
})

/** A run as REST and webhooks both tell it. */
export function parseRun(data: unknown): WorkflowRun {
  const found = workflowRun.parse(data)
  return {
    id: found.id,
    attempt: found.run_attempt,
    number: found.run_number,
    path: found.path.split('@')[0] ?? found.path,
    workflowName: found.name ?? found.path,
    displayTitle: found.display_title,
    event: found.event,
    status: found.status ?? 'unknown',
    conclusion: found.conclusion ?? undefined,
    headBranch: found.head_branch ?? undefined,
    headSha: found.head_sha,
    headRepositoryId: found.head_repository?.id,
    repositoryId: found.repository.id,
    actor: found.actor?.login ?? '',
    url: found.html_url,
    createdAt: Date.parse(found.created_at),
  }
}

export async function readRun(github: GitHubPort, repository: RepositoryName, id: number): Promise<WorkflowRun> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
    owner: repository.owner,
    repo: repository.name,
    run_id: id,
  })
  return parseRun(data)
}

/**
 * Whether this attempt of a run has ended: whoever it was, it writes nothing any more. undefined when it cannot be seen, for
 * its repository or the run itself is not there for this token.
 */
export async function isAttemptOver(
  github: GitHubPort,
  { repository, run_id, run_attempt }: Pick<RunRef, 'repository' | 'run_id' | 'run_attempt'>,
): Promise<boolean | undefined> {
  const { owner, name } = splitFullName(repository)
  try {
    const { data } = await github.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}', {
      owner,
      repo: name,
      run_id,
      attempt_number: run_attempt,
    })
    return parseRun(data).status === 'completed'
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'GITHUB_NOT_FOUND') return undefined
    throw error
  }
}

/** A workflow to start: by the name of its file in its folder. */
export interface WorkflowDispatch {
  readonly repository: RepositoryName
  readonly workflow: string
  readonly ref: string
  readonly inputs: Readonly<Record<string, string>>
}

/** The run that was started, when the server tells it. */
export interface StartedRun {
  readonly id: number
  readonly url: string
}

const started = z.object({ workflow_run_id: z.number(), html_url: z.string() })

/**
 * Starts a workflow, once: never repeated after an answer that leaves open whether it started. `withDetails` asks for the
 * run's id, which servers before Enterprise 3.21 refuse with 400 (REST: create a workflow dispatch event).
 */
export async function dispatchWorkflow(
  github: GitHubPort,
  dispatch: WorkflowDispatch,
  withDetails: boolean,
): Promise<StartedRun | undefined> {
  const { status, data } = await github.request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
    owner: dispatch.repository.owner,
    repo: dispatch.repository.name,
    workflow_id: dispatch.workflow,
    ref: dispatch.ref,
    inputs: dispatch.inputs,
    ...(withDetails ? { return_run_details: true } : {}),
  })
  if (status === 204) return undefined
  const { workflow_run_id: id, html_url: url } = started.parse(data)
  return { id, url }
}

const MS_PER_SECOND = 1_000

/** The newest runs of a workflow that were started by `workflow_dispatch` at or after a time (ms; GitHub filters by whole seconds). */
export async function readDispatchedRuns(
  github: GitHubPort,
  wanted: {
    readonly repository: RepositoryName
    readonly workflow: string
    readonly since: number
    /** Pages of 100 runs, one request each, as far as there are so many; 1 unless said. GitHub hands out 10. */
    readonly pages?: number
  },
): Promise<{ readonly runs: readonly WorkflowRun[]; /** False: there were more. */ readonly isComplete: boolean }> {
  const since = new Date(Math.floor(wanted.since / MS_PER_SECOND) * MS_PER_SECOND).toISOString().replace('.000Z', 'Z')
  const runs: WorkflowRun[] = []
  for (let page = 1; page <= (wanted.pages ?? 1); page += 1) {
    const { data } = await github.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
      owner: wanted.repository.owner,
      repo: wanted.repository.name,
      workflow_id: wanted.workflow,
      event: 'workflow_dispatch',
      created: `>=${since}`,
      per_page: 100,
      ...(page > 1 && { page }),
    })
    const listed = z.object({ total_count: z.number(), workflow_runs: z.array(z.unknown()) }).parse(data)
    runs.push(...listed.workflow_runs.map(parseRun))
    const isComplete = listed.total_count <= runs.length
    if (isComplete || listed.workflow_runs.length === 0) return { runs, isComplete }
  }
  return { runs, isComplete: false }
}

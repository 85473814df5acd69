import type { TokenViewer } from '../auth/viewer.ts'
import { repositoryPage } from '../present/repositories.ts'
import { getAccount } from '../world/accounts.ts'
import { takeId, type WorldContext } from '../world/context.ts'
import { getRepository } from '../world/repositories.ts'
import { actionsApp } from '../world/tokens.ts'
import type { App, CheckAnnotation, RunConclusion, WorkflowJob, WorkflowJobStep, WorkflowRun } from '../world/types.ts'
import { changeCheckRun, createCheckRun } from './check-runs.ts'
import { currentAttempt } from './runs.ts'

export interface NewJob {
  readonly name: string
  readonly labels: readonly string[]
}

/** A queued job of the run's current attempt, with the check run that shows it on its commit. */
export function addJob(context: WorldContext, run: WorkflowRun, { name, labels }: NewJob): WorkflowJob {
  const repository = getRepository(context, run.repositoryId)
  const id = takeId(context)
  const page = `${repositoryPage(context, repository)}/actions/runs/${run.id}/job/${id}`
  const viewer = actionsViewer(context)
  const check = createCheckRun(context, viewer, { repository, input: { name, headSha: run.headSha, detailsUrl: page, status: 'queued' } })
  const at = context.clock.moment()
  const job: WorkflowJob = {
    id,
    runId: run.id,
    attempt: currentAttempt(run).number,
    name,
    labels,
    checkRunId: check.id,
    status: 'queued',
    conclusion: undefined,
    createdAt: at,
    startedAt: at,
    completedAt: undefined,
    steps: [],
    log: [],
  }
  context.state.jobs.set(id, job)
  return job
}

export function beginJob(context: WorldContext, job: WorkflowJob): void {
  job.status = 'in_progress'
  job.startedAt = context.clock.moment()
  changeCheckRun(context, actionsViewer(context), {
    run: checkOf(context, job),
    changes: { status: 'in_progress', startedAt: job.startedAt },
  })
}

export interface JobEnd {
  readonly conclusion: RunConclusion
  readonly summary: string
  readonly annotations: readonly CheckAnnotation[]
}

export function completeJob(context: WorldContext, job: WorkflowJob, { conclusion, summary, annotations }: JobEnd): void {
  job.status = 'completed'
  job.conclusion = conclusion
  job.completedAt = context.clock.moment()
  const output = { title: job.name, summary, annotations }
  changeCheckRun(context, actionsViewer(context), { run: checkOf(context, job), changes: { conclusion, output } })
}

/** The job's next step, in progress. */
export function beginStep(context: WorldContext, job: WorkflowJob, name: string): WorkflowJobStep {
  const at = context.clock.moment()
  const step: WorkflowJobStep = {
    number: job.steps.length + 1,
    name,
    status: 'in_progress',
    conclusion: undefined,
    startedAt: at,
    completedAt: undefined,
  }
  job.steps.push(step)
  return step
}

export function completeStep(context: WorldContext, step: WorkflowJobStep, conclusion: RunConclusion): void {
  step.status = 'completed'
  step.conclusion = conclusion
  step.completedAt = context.clock.moment()
}

function checkOf(context: WorldContext, job: WorkflowJob) {
  const check = context.state.checkRuns.get(job.checkRunId)
  if (check === undefined) throw new Error(`job ${job.id} has no check run`)
  return check
}

/** GitHub's own App, through which jobs appear as check runs. */
function actionsViewer(context: WorldContext): TokenViewer & { readonly app: App } {
  const app = context.state.apps.get(actionsApp.id)
  if (app === undefined) throw new Error('the Actions App is missing')
  const account = getAccount(context, actionsApp.botLogin)
  const token = {
    hash: '',
    kind: 'job',
    accountId: account.id,
    appId: app.id,
    installationId: undefined,
    repositories: 'all',
    permissions: {},
    scopes: [],
    createdAt: context.clock.moment(),
    expiresAt: undefined,
  } as const
  return { kind: 'token', token, account, app }
}

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@switchyard/core'
import { evaluateTemplate, type Scope } from '../expressions/evaluate.ts'
import { completeGitHubContext } from '../github-context.ts'
import { createRunnerContext } from '../runner-context.ts'
import { createSecretMasker } from '../secret-masker.ts'
import { entriesOf, type Template } from '../workflow/template.ts'
import type { Frame, Job, JobHost, JobOutcome, JobPlan } from './job.ts'
import { runPostSteps, runPreSteps } from './post-steps.ts'
import { killGroup } from './run-process.ts'
import { createLog, resolveAction, runSteps } from './run-steps.ts'
import { scopeOf, toText, toTexts } from './scope.ts'
import { evaluateMinutes } from './step-limits.ts'

/** Minutes that a job may take when it does not say. Source: docs.github.com, "Workflow syntax", jobs.<job_id>.timeout-minutes. */
const DEFAULT_MINUTES = 360
/** Minutes that a cancelled job has for the steps that always run. Source: docs.github.com, "Workflow cancellation reference". */
const GRACE_MINUTES = 5

/**
 * Runs a job's steps on this machine, each in a child process: actions' `pre` first, then the steps, then `post` in reverse
 * order. Ends when they have, or when the job's time is up or it is cancelled, with what always runs run.
 */
export async function runJob(plan: JobPlan, host: JobHost): Promise<JobOutcome> {
  const job = await createJob(plan, host)
  const frame: Frame = {
    contexts: job.plan.contexts,
    steps: {},
    env: {},
    isFailed: false,
    prefix: '__',
    observer: undefined,
    stop: undefined,
  }
  const stopWatching = watchJob(job)
  try {
    if (await setUp(job, frame)) {
      await runSteps(job, frame, plan.model.steps)
      await runPostSteps(job, frame)
    }
    const outputs = readOutputs(job, frame)
    const result = job.isCancelled ? 'cancelled' : frame.isFailed ? 'failure' : 'success'
    return { result, outputs, summary: job.summaries.join('\n'), annotations: job.annotations }
  } finally {
    stopWatching()
    for (const group of job.groups) killGroup(group)
  }
}

async function createJob(plan: JobPlan, host: JobHost): Promise<Job> {
  const { github, secrets, vars } = { vars: {}, ...plan.contexts }
  const name = github.repository.split('/').at(-1) ?? ''
  const folders = { temp: join(host.folder, 'temp'), tools: join(host.folder, 'tools'), workspace: join(host.folder, 'work', name) }
  const workspace = join(folders.workspace, name)
  const home = join(host.folder, 'home')
  const eventPath = join(folders.temp, '_github_workflow', 'event.json')
  await Promise.all([folders.tools, workspace, home, join(eventPath, '..')].map((folder) => mkdir(folder, { recursive: true })))
  await writeFile(eventPath, JSON.stringify(github.event))
  const debug = [secrets['ACTIONS_STEP_DEBUG'], toTexts(vars)['ACTIONS_STEP_DEBUG']].includes('true')
  const complete = completeGitHubContext({ ...github, workspace, event_path: eventPath })
  return {
    plan: { ...plan, contexts: { ...plan.contexts, github: complete } },
    host,
    workspace,
    home,
    debug,
    masker: createSecretMasker([github.token, ...Object.values(secrets)]),
    runner: createRunnerContext(folders, debug),
    env: {},
    path: [],
    isCancelled: false,
    actions: new Map(),
    posts: [],
    summaries: [],
    annotations: [],
    groups: new Set(),
    interrupt: new AbortController(),
  }
}

/** The step that GitHub shows first: variables are worked out, actions are fetched, their `pre` runs. */
async function setUp(job: Job, frame: Frame): Promise<boolean> {
  const observer = job.host.observer.beginStep('Set up job')
  const log = createLog(job, observer)
  log.write('##[group]GITHUB_TOKEN Permissions')
  for (const [name, level] of Object.entries(job.plan.permissions)) log.write(`${name}: ${level}`)
  log.write('##[endgroup]')
  try {
    for (const template of job.plan.env) job.env = { ...job.env, ...toTexts(evaluateTemplate(template, scopeOf(job, frame, job.env))) }
    for (const step of job.plan.model.steps) {
      if (step.kind !== 'uses' || step.uses.startsWith('./')) continue
      const action = await resolveAction(job, step.uses)
      log.write(`Action ${step.uses}: ${action.manifest.name}${action.note === undefined ? '' : `; ${action.note}`}`)
    }
    observer.end('success')
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    log.annotate({ level: 'error', message: error.message })
    job.annotations.push(...log.annotations)
    frame.isFailed = true
    observer.end('failure')
    return false
  }
  await runPreSteps(job, frame, job.plan.model.steps)
  return true
}

/** Cancels the job when somebody asks or its time is up, and ends it altogether some minutes later. */
function watchJob(job: Job): () => void {
  const { host, plan } = job
  const timers: NodeJS.Timeout[] = []
  const cancel = (): void => {
    if (job.isCancelled) return
    job.isCancelled = true
    job.interrupt.abort()
    job.interrupt = new AbortController()
    timers.push(setTimeout(() => job.groups.forEach(killGroup), GRACE_MINUTES * host.minute))
  }
  const template = plan.model.timeoutMinutes
  const frame: Frame = { contexts: plan.contexts, steps: {}, env: {}, isFailed: false, prefix: '', observer: undefined, stop: undefined }
  const minutes = template === undefined ? DEFAULT_MINUTES : evaluateMinutes(template, scopeOf(job, frame, {}))
  timers.push(
    setTimeout(
      () => {
        job.annotations.push({ level: 'error', message: `The job has exceeded the maximum execution time of ${minutes} minutes.` })
        cancel()
      },
      Math.min(minutes * host.minute, 2 ** 31 - 1),
    ),
  )
  if (host.cancel.aborted) cancel()
  host.cancel.addEventListener('abort', cancel, { once: true })
  return () => {
    host.cancel.removeEventListener('abort', cancel)
    timers.forEach((timer) => clearTimeout(timer))
  }
}

/** A job's outputs. One that is empty or holds a secret is left out, as on GitHub (runner, `JobExtension`). */
function readOutputs(job: Job, frame: Frame): Readonly<Record<string, string>> {
  const scope = scopeOf(job, frame, job.env)
  const outputs: Record<string, string> = {}
  for (const { key, value } of entriesOf(job.plan.model.outputs)) {
    const text = readOutput(job, frame, { value, scope })
    if (text === '') continue
    if (job.masker.mask(text) === text) outputs[key] = text
    else job.annotations.push({ level: 'warning', message: `Skip output '${key}' since it may contain secret.` })
  }
  return outputs
}

function readOutput(job: Job, frame: Frame, { value, scope }: { readonly value: Template; readonly scope: Scope }): string {
  try {
    return toText(evaluateTemplate(value, scope))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    job.annotations.push({ level: 'error', message: error.message })
    frame.isFailed = true
    return ''
  }
}

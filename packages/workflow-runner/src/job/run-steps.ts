import { UserError } from '@switchyard/core'
import { evaluateCondition, evaluateTemplate } from '../expressions/evaluate.ts'
import { StepLog } from '../step-log.ts'
import type { StepModel, UsesStep } from '../workflow/model.ts'
import { enterComposite, isComposite, isJavaScript, readCompositeOutputs, runJavaScriptStep } from './action-step.ts'
import type { Frame, Job, ResolvedAction, StepObserver, StepOutcome } from './job.ts'
import type { RunningStep } from './running-step.ts'
import { evaluateEnv, scopeOf, toText } from './scope.ts'
import { runScript } from './script-step.ts'
import { startTimeLimit, watchForCancel } from './step-limits.ts'
import type { StepProcessResult } from './step-process.ts'
import { idsOf, titleOf } from './step-titles.ts'

interface StepEnd {
  readonly outcome: StepOutcome
  readonly outputs: Readonly<Record<string, string>>
}

interface NamedStep {
  readonly step: StepModel
  /** What `github.action` says. */
  readonly name: string
}

/** Runs steps one after another, each if its condition holds. */
export async function runSteps(job: Job, frame: Frame, steps: readonly StepModel[]): Promise<void> {
  const ids = idsOf(steps, frame.prefix)
  for (const [index, step] of steps.entries()) {
    if (job.host.kill.aborted || frame.stop?.aborted === true) return
    await runStep(job, frame, { step, name: ids[index] ?? '' })
  }
}

async function runStep(job: Job, frame: Frame, { step, name }: NamedStep): Promise<void> {
  const observer = frame.observer ?? job.host.observer.beginStep(titleOf(job, frame, step))
  const log = createLog(job, observer)
  const { outcome, outputs } = await endOf(log, () => decideAndPerform(job, frame, { step, name, observer, log }))
  const goesOn = outcome === 'failure' && (await isForgiven(job, frame, { step, log }))
  const conclusion = goesOn ? 'success' : outcome
  if (step.id !== undefined) frame.steps[step.id] = { outputs, outcome, conclusion }
  if (conclusion === 'failure') frame.isFailed = true
  job.annotations.push(...log.annotations)
  if (frame.observer === undefined) observer.end(conclusion)
}

/** What cannot even be tried fails the step and says why in its log: a broken expression, a shell or an action that is not there. */
export async function endOf(log: StepLog, act: () => Promise<StepEnd>): Promise<StepEnd> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof UserError) && !isSystemError(error)) throw error
    log.annotate({ level: 'error', message: error.message })
    if (error instanceof UserError && error.hint !== undefined) log.write(error.hint)
    return { outcome: 'failure', outputs: {} }
  }
}

const isSystemError = (error: unknown): error is Error => error instanceof Error && 'code' in error && typeof error.code === 'string'

async function isForgiven(job: Job, frame: Frame, { step, log }: { readonly step: StepModel; readonly log: StepLog }): Promise<boolean> {
  const { continueOnError } = step
  if (continueOnError === undefined) return false
  const answer = await endOf(log, async () => {
    const value = toText(evaluateTemplate(continueOnError, scopeOf(job, frame, evaluateEnv(job, frame, step.env))))
    return { outcome: value === 'true' ? 'success' : 'failure', outputs: {} }
  })
  return answer.outcome === 'success'
}

interface Preparation extends NamedStep {
  readonly observer: StepObserver
  readonly log: StepLog
}

async function decideAndPerform(job: Job, frame: Frame, { step, name, observer, log }: Preparation): Promise<StepEnd> {
  const env = evaluateEnv(job, frame, step.env)
  const scope = scopeOf(job, frame, env)
  if (!evaluateCondition(step.condition, scope)) return { outcome: 'skipped', outputs: {} }
  const cancel = watchForCancel(job, frame, step)
  const limit = startTimeLimit(job, step, scope)
  const github = { ...objectOf(frame.contexts['github']), action: name }
  const above = frame.stop === undefined ? [] : [frame.stop]
  const stop = AbortSignal.any([cancel.signal, limit.signal, ...above])
  try {
    const end = await perform(step, {
      job,
      frame,
      scope,
      env,
      log,
      observer,
      github,
      process: { stop, kill: job.host.kill, groups: job.groups },
    })
    if (limit.signal.aborted) {
      log.annotate({ level: 'error', message: `The action '${titleOf(job, frame, step)}' has timed out after ${limit.minutes} minutes.` })
      return { ...end, outcome: 'failure' }
    }
    return cancel.signal.aborted ? { ...end, outcome: 'cancelled' } : end
  } finally {
    limit.clear()
    cancel.clear()
  }
}

async function perform(step: StepModel, running: RunningStep): Promise<StepEnd> {
  if (step.kind === 'run') return take(await runScript(step, running), running)
  return performAction(step, await resolveAction(running.job, step.uses), running)
}

async function performAction(step: UsesStep, action: ResolvedAction, running: RunningStep): Promise<StepEnd> {
  if (isJavaScript(action)) return take(await runJavaScriptStep(step, action, running), running)
  if (!isComposite(action)) throw new UserError('ACTION_INVALID', `${step.uses} is of no kind that runs here`)
  const inner = enterComposite(step, action, running)
  await runSteps(running.job, inner, action.manifest.steps)
  return { outcome: inner.isFailed ? 'failure' : 'success', outputs: readCompositeOutputs(action, inner, running) }
}

/** Keeps what a process left for the steps after it. */
export function take(result: StepProcessResult, running: RunningStep): StepEnd {
  const { job } = running
  job.env = { ...job.env, ...result.env }
  job.path = [...[...result.path].reverse(), ...job.path.filter((folder) => !result.path.includes(folder))]
  if (result.summary !== '') job.summaries.push(result.summary)
  reportExit(result, running)
  return { outcome: result.conclusion, outputs: result.outputs }
}

/** Says in the log how a process failed, unless the runner itself ended it. */
function reportExit({ exitCode, killedBy }: StepProcessResult, { log, process }: RunningStep): void {
  if (exitCode === 0 || process.stop.aborted) return
  const how = exitCode === null ? `was ended by ${killedBy ?? 'a signal'}` : `completed with exit code ${exitCode}`
  log.annotate({ level: 'error', message: `Process ${how}.` })
}

/** The action a step names; one of the workspace is read when its step runs, since an earlier step may have made it. */
export async function resolveAction(job: Job, uses: string): Promise<ResolvedAction> {
  const known = job.actions.get(uses)
  if (known !== undefined) return known
  const action = await job.host.resolveAction(uses, job.workspace)
  job.actions.set(uses, action)
  return action
}

export function createLog(job: Job, observer: StepObserver): StepLog {
  return new StepLog({ masker: job.masker, workspace: job.workspace, debug: job.debug, onLine: (line) => observer.line(line) })
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {})

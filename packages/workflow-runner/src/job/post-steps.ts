import { evaluateCondition } from '../expressions/evaluate.ts'
import { writeHeading } from '../step-heading.ts'
import type { StepModel } from '../workflow/model.ts'
import { isJavaScript, readInputsOf, runActionScript } from './action-step.ts'
import type { Frame, Job, PostStep, StepOutcome } from './job.ts'
import type { RunningStep } from './running-step.ts'
import { evaluateEnv, scopeOf } from './scope.ts'
import { createLog, endOf, resolveAction, take } from './run-steps.ts'
import { idsOf, titleOf } from './step-titles.ts'

/** Runs the `pre` of every action that has one, before the first step. GitHub runs none for actions of the workspace. */
export async function runPreSteps(job: Job, frame: Frame, steps: readonly StepModel[]): Promise<void> {
  const ids = idsOf(steps, frame.prefix)
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'uses' || step.uses.startsWith('./')) continue
    const action = await resolveAction(job, step.uses)
    if (!isJavaScript(action) || action.manifest.pre === undefined) continue
    const env = evaluateEnv(job, frame, step.env)
    const scope = scopeOf(job, frame, env)
    if (!evaluateCondition(action.manifest.preCondition, scope)) continue
    const name = titleOf(job, frame, step)
    const id = ids[index] ?? ''
    const observer = job.host.observer.beginStep(`Pre ${name}`)
    const log = createLog(job, observer)
    const running: RunningStep = { job, frame, scope, env, log, observer, github: githubIn(frame, id), process: plainProcess(job) }
    const { pre: script } = action.manifest
    const { outcome } = await endOf(log, async () => {
      const inputs = readInputsOf(step, action, running)
      writeHeading(log, { isPost: false, title: step.uses, inputs, env })
      const post: PostStep = { name, action, frame, step, id, inputs, state: {} }
      job.posts.push(post)
      const result = await runActionScript(action, running, { script, inputs, state: {} })
      post.state = result.state
      return take(result, running)
    })
    if (outcome === 'failure') frame.isFailed = true
    job.annotations.push(...log.annotations)
    observer.end(outcome)
  }
}

/** Runs the `post` of every action that began, the last one first. */
export async function runPostSteps(job: Job, frame: Frame): Promise<void> {
  for (const post of [...job.posts].reverse()) {
    if (job.host.kill.aborted) return
    const { post: script, postCondition } = post.action.manifest
    if (script === undefined) continue
    // The job's variables as they are now, since an action may have left some for its own end; the step's own still win.
    const env = evaluateEnv(job, post.frame, post.step.env)
    const scope = scopeOf(job, frame, env)
    if (!evaluateCondition(postCondition, scope)) continue
    // The job fails, also when the action is nested in another, which has ended by now.
    if ((await runPostStep(job, post, { script, scope, env })) === 'failure') frame.isFailed = true
  }
}

type PostScript = Pick<RunningStep, 'scope' | 'env'> & { readonly script: string }

async function runPostStep(job: Job, post: PostStep, { script, scope, env }: PostScript): Promise<StepOutcome> {
  const observer = job.host.observer.beginStep(`Post ${post.name}`)
  const log = createLog(job, observer)
  writeHeading(log, { isPost: true, title: '', inputs: post.inputs, env })
  const running: RunningStep = {
    job,
    frame: post.frame,
    scope,
    env,
    log,
    observer,
    github: githubIn(post.frame, post.id),
    process: plainProcess(job),
  }
  const { inputs, state } = post
  const { outcome } = await endOf(log, async () => take(await runActionScript(post.action, running, { script, inputs, state }), running))
  job.annotations.push(...log.annotations)
  observer.end(outcome)
  return outcome
}

function githubIn(frame: Frame, id: string): Readonly<Record<string, unknown>> {
  const github = frame.contexts['github']
  return { ...(typeof github === 'object' ? github : {}), action: id }
}

/** Clearing up is not stopped by cancelling the job, only by the end of everything. */
const plainProcess = (job: Job): RunningStep['process'] => ({
  stop: new AbortController().signal,
  kill: job.host.kill,
  groups: job.groups,
})

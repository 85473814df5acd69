import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@switchyard/core'
import type { CompositeManifest, JavaScriptManifest } from '../action-manifest.ts'
import { evaluateTemplate } from '../expressions/evaluate.ts'
import { resolveInputs, toInputVariables } from '../step-inputs.ts'
import { writeHeading } from '../step-heading.ts'
import type { UsesStep } from '../workflow/model.ts'
import type { Frame, PostStep, ResolvedAction } from './job.ts'
import type { RunningStep } from './running-step.ts'
import { evaluateOwnEnv, processVariables, scopeOf, toText, toTexts } from './scope.ts'
import { titleOf } from './step-titles.ts'
import { runStepProcess, type StepProcessResult } from './step-process.ts'

type JavaScriptAction = ResolvedAction & { readonly manifest: JavaScriptManifest }
type CompositeAction = ResolvedAction & { readonly manifest: CompositeManifest }

export const isJavaScript = (action: ResolvedAction): action is JavaScriptAction => action.manifest.kind === 'javascript'
export const isComposite = (action: ResolvedAction): action is CompositeAction => action.manifest.kind === 'composite'

/** What a `uses` step gives its action: its `with`, and the action's own defaults. */
export function readInputsOf(step: UsesStep, action: ResolvedAction, running: RunningStep): ReadonlyMap<string, string> {
  const given = step.with === undefined ? {} : toTexts(evaluateTemplate(step.with, running.scope))
  return resolveInputs(action.manifest, given, {
    scope: { ...running.scope, contexts: { ...running.scope.contexts, github: running.github } },
    log: running.log,
  })
}

/** The `github` context within an action. */
export function githubOf(action: ResolvedAction, github: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...github, action_path: action.folder, action_repository: action.repository, action_ref: action.ref }
}

const actionOf = ({ github }: RunningStep): string => String(github['action'])

/** Runs one of an action's scripts. */
export async function runActionScript(
  action: JavaScriptAction,
  running: RunningStep,
  {
    script,
    inputs,
    state,
  }: { readonly script: string; readonly inputs: ReadonlyMap<string, string>; readonly state: Readonly<Record<string, string>> },
): Promise<StepProcessResult> {
  const { job, log, env } = running
  await checkScript(action, script)
  const stateVariables = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
  return runStepProcess({
    ...running.process,
    command: job.host.node,
    args: [join(action.folder, script)],
    workingDirectory: job.workspace,
    environment: { ...processVariables(job, env), ...toInputVariables(inputs), ...stateVariables },
    github: githubOf(action, running.github),
    temp: job.runner.temp,
    log,
    masker: job.masker,
  })
}

async function checkScript({ folder, manifest }: JavaScriptAction, script: string): Promise<void> {
  const found = await stat(join(folder, script)).catch(() => undefined)
  if (found !== undefined) return
  throw new UserError('ACTION_INVALID', `\`${script}\`, which the action ${manifest.name} runs, is not there`, {
    hint: 'If it is built from other files, build it and commit the result: an action is run as its repository holds it.',
  })
}

/** Runs a JavaScript action's main script; its `post` waits for the end of the job. */
export async function runJavaScriptStep(step: UsesStep, action: JavaScriptAction, running: RunningStep): Promise<StepProcessResult> {
  const { job, frame } = running
  const inputs = readInputsOf(step, action, running)
  writeHeading(running.log, { isPost: false, title: step.uses, inputs, env: running.env })
  const known = job.posts.find((post) => post.step === step && post.frame === frame)
  const post: PostStep = known ?? { name: titleOf(job, frame, step), action, frame, step, id: actionOf(running), inputs, state: {} }
  // Registered before it runs: what a killed or failed main script left is cleared away too.
  if (known === undefined && action.manifest.post !== undefined) job.posts.push(post)
  const result = await runActionScript(action, running, { script: action.manifest.main, inputs, state: post.state })
  post.state = { ...post.state, ...result.state }
  return result
}

/** The scope of a composite action's steps. They see the inputs, not the secrets. */
export function enterComposite(step: UsesStep, action: CompositeAction, running: RunningStep): Frame {
  const inputs = readInputsOf(step, action, running)
  const { secrets: _, needs: __, ...contexts } = running.frame.contexts
  return {
    contexts: { ...contexts, github: githubOf(action, running.github), inputs: Object.fromEntries(inputs) },
    steps: {},
    env: evaluateOwnEnv(running.job, running.frame, step.env),
    isFailed: false,
    prefix: `${actionOf(running)}__`,
    observer: running.observer,
    stop: running.process.stop,
  }
}

/** A composite action's outputs, from what its steps left. */
export function readCompositeOutputs(action: CompositeAction, frame: Frame, running: RunningStep): Readonly<Record<string, string>> {
  const scope = scopeOf(running.job, frame, running.job.env)
  return Object.fromEntries([...action.manifest.outputs].map(([name, value]) => [name, toText(evaluateTemplate(value, scope))]))
}

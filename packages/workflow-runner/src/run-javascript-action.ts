import type { ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { UserError } from '@switchyard/core'
import { readActionManifest } from './action-manifest.ts'
import type { JavaScriptManifest } from './action-manifest.ts'
import { addUp, mergeAll } from './action-result.ts'
import type { ActionResult, Stage, StageResult } from './action-result.ts'
import { evaluateCondition } from './expressions/evaluate.ts'
import type { Contexts } from './expressions/evaluate.ts'
import { completeGitHubContext } from './github-context.ts'
import type { GitHubContext } from './github-context.ts'
import { runStepProcess } from './job/step-process.ts'
import { createRunnerContext, readMachineVariables, toRunnerVariables } from './runner-context.ts'
import type { RunnerContext } from './runner-context.ts'
import { createSecretMasker } from './secret-masker.ts'
import type { SecretMasker } from './secret-masker.ts'
import { resolveInputs, toInputVariables } from './step-inputs.ts'
import { writeHeading } from './step-heading.ts'
import { StepLog } from './step-log.ts'

export interface JavaScriptActionOptions {
  /** The folder that holds `action.yml`. */
  readonly actionFolder: string
  readonly github: GitHubContext
  /** The step's `with:`. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The step's `env:`. */
  readonly env?: Readonly<Record<string, string>>
  /** Values to mask from the start, beside the token: what `secrets.*` holds. */
  readonly secrets?: readonly string[]
  /** The Node binary; this process's own by default. */
  readonly node?: string
  /** The step's working directory; an empty folder by default. */
  readonly workspace?: string
  /** Keep debug lines and tell the action to write them. */
  readonly debug?: boolean
  /** Kills the running process at once; nothing runs after it. */
  readonly signal?: AbortSignal
  /** Called with each process as it starts. */
  readonly onStarted?: (child: ChildProcess, stage: Stage) => void
}

/** What stays the same over an action's stages. */
interface Step {
  readonly manifest: JavaScriptManifest
  readonly options: JavaScriptActionOptions
  readonly masker: SecretMasker
  readonly contexts: Contexts & { readonly github: GitHubContext; readonly runner: RunnerContext }
  readonly home: string
}

/**
 * Runs a JavaScript action in a child process as GitHub's runner does: inputs defaulted from `action.yml`, the runner's
 * variables and files, its reading of what is printed. Nothing of this process's environment reaches the action but what
 * a process needs to start. `pre` and `post` run too, as for an action of another repository.
 *
 * Source: actions/runner, `ActionRunner`, `NodeScriptActionHandler`, `FileCommandManager`, `ActionCommandManager`.
 *
 * @throws UserError if the folder holds no JavaScript action. An action that fails does not throw.
 */
export async function runJavaScriptAction(options: JavaScriptActionOptions): Promise<ActionResult> {
  const manifest = await readActionManifest(options.actionFolder)
  if (manifest.kind !== 'javascript') {
    throw new UserError('ACTION_INVALID', `${manifest.name} is a composite action`, { hint: 'Run it in a workflow.' })
  }
  const home = await mkdtemp(join(tmpdir(), 'switchyard-runner-'))
  try {
    const step = await prepareStep(manifest, options, home)
    const stages = await runStages(step)
    return addUp(stages, step.masker)
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

async function prepareStep(manifest: JavaScriptManifest, options: JavaScriptActionOptions, home: string): Promise<Step> {
  const folders = { temp: join(home, 'temp'), tools: join(home, 'tools'), workspace: join(home, 'work') }
  const workspace = options.workspace ?? join(folders.workspace, 'repository')
  const eventPath = join(folders.temp, '_github_workflow', 'event.json')
  await Promise.all([folders.tools, workspace, join(eventPath, '..')].map((folder) => mkdir(folder, { recursive: true })))
  await writeFile(eventPath, JSON.stringify(options.github.event))
  const github = completeGitHubContext({ ...options.github, workspace, event_path: eventPath, action_path: options.actionFolder })
  const runner = createRunnerContext(folders, options.debug ?? false)
  const masker = createSecretMasker([github.token, ...(options.secrets ?? [])])
  return { manifest, options, masker, home, contexts: { github, runner, job: { status: 'success' }, matrix: null, strategy: {} } }
}

async function runStages(step: Step): Promise<readonly StageResult[]> {
  const { manifest } = step
  const plan = [
    { stage: 'pre', script: manifest.pre, condition: manifest.preCondition },
    { stage: 'main', script: manifest.main, condition: 'success()' },
    { stage: 'post', script: manifest.post, condition: manifest.postCondition },
  ] as const
  const results: StageResult[] = []
  for (const { stage, script, condition } of plan) {
    const failure = results.some((result) => result.conclusion === 'failure')
    const status = { success: !failure, failure, cancelled: false }
    if (script === undefined || !evaluateCondition(condition, { contexts: step.contexts, status })) continue
    const result = await runStage(step, { stage, script, before: results })
    results.push(result)
    // A process that was killed stands for a lost machine: there is nobody left to clean up.
    if (result.killedBy !== null) break
  }
  return results
}

interface StagePlan {
  readonly stage: Stage
  readonly script: string
  readonly before: readonly StageResult[]
}

async function runStage(step: Step, { stage, script, before }: StagePlan): Promise<StageResult> {
  const { contexts, masker, options } = step
  const log = new StepLog({ masker, workspace: String(contexts.github.workspace), debug: options.debug ?? false })
  const inputs = resolveInputs(step.manifest, options.inputs ?? {}, { scope: { contexts }, log })
  writeHeading(log, { isPost: stage === 'post', title: step.manifest.name, inputs, env: options.env ?? {} })
  const result = await runStepProcess({
    command: options.node ?? process.execPath,
    args: [join(options.actionFolder, script)],
    workingDirectory: String(contexts.github.workspace),
    environment: { ...stageVariables(step, before), ...toInputVariables(inputs) },
    github: contexts.github,
    temp: contexts.runner.temp,
    log,
    masker,
    kill: options.signal,
    onStarted: (child) => options.onStarted?.(child, stage),
  })
  return { ...result, stage, annotations: log.annotations, log: log.lines.join('\n') }
}

function stageVariables(step: Step, before: readonly StageResult[]): Readonly<Record<string, string>> {
  const machine = readMachineVariables()
  const added = before.flatMap((result) => result.path).reverse()
  const state = mergeAll(before.map((result) => result.state))
  return {
    ...machine,
    ...(added.length > 0 ? { PATH: [...added, machine['PATH'] ?? ''].join(delimiter) } : {}),
    HOME: step.home,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ...step.options.env,
    ...mergeAll(before.map((result) => result.env)),
    ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
    ...toRunnerVariables(step.contexts.runner),
  }
}

import type { ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { readActionManifest } from './action-manifest.ts'
import type { ActionManifest } from './action-manifest.ts'
import { addUp, mergeAll } from './action-result.ts'
import type { ActionResult, Stage, StageResult } from './action-result.ts'
import { createCommandFiles, readCommandFiles } from './command-files.ts'
import { evaluateCondition } from './expressions.ts'
import type { Contexts } from './expressions.ts'
import { completeGitHubContext, toGitHubVariables } from './github-context.ts'
import type { GitHubContext } from './github-context.ts'
import { runNodeProcess } from './node-process.ts'
import { createRunnerContext, readMachineVariables, toRunnerVariables } from './runner-context.ts'
import type { RunnerContext } from './runner-context.ts'
import { createSecretMasker } from './secret-masker.ts'
import type { SecretMasker } from './secret-masker.ts'
import { resolveInputs, toInputVariables } from './step-inputs.ts'
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
  readonly manifest: ActionManifest
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
  const home = await mkdtemp(join(tmpdir(), 'switchyard-runner-'))
  try {
    const step = await prepareStep(manifest, options, home)
    const stages = await runStages(step)
    return addUp(stages, step.masker)
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

async function prepareStep(manifest: ActionManifest, options: JavaScriptActionOptions, home: string): Promise<Step> {
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
    const failed = results.some((result) => result.conclusion === 'failure')
    if (script === undefined || !evaluateCondition(condition, step.contexts, { failed })) continue
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
  const files = await createCommandFiles(contexts.runner.temp)
  const log = new StepLog({ masker, workspace: String(contexts.github.workspace), debug: options.debug ?? false })
  const inputs = resolveInputs(step.manifest, options.inputs ?? {}, { contexts, log })
  printHeading(log, { stage, name: step.manifest.name, inputs, env: options.env ?? {} })
  const end = await runNodeProcess({
    node: options.node ?? process.execPath,
    script: join(options.actionFolder, script),
    workingDirectory: String(contexts.github.workspace),
    environment: { ...stageVariables(step, before), ...toInputVariables(inputs), ...toGitHubVariables({ ...contexts.github, ...files }) },
    onLine: (line) => log.take(line),
    signal: options.signal,
    onStarted: (child) => options.onStarted?.(child, stage),
  })
  const left = await readCommandFiles(files, log, masker)
  return {
    ...end,
    stage,
    conclusion: end.exitCode === 0 && !log.commandFailed ? 'success' : 'failure',
    outputs: Object.fromEntries([...log.outputs, ...left.outputs]),
    state: Object.fromEntries([...log.state, ...left.state]),
    env: Object.fromEntries(left.env),
    path: left.path,
    summary: left.summary,
    annotations: log.annotations,
    log: log.lines.join('\n'),
  }
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

interface Heading {
  readonly stage: Stage
  readonly name: string
  readonly inputs: ReadonlyMap<string, string>
  readonly env: Readonly<Record<string, string>>
}

function printHeading(log: StepLog, { stage, name, inputs, env }: Heading): void {
  if (stage === 'post') return log.write('Post job cleanup.')
  log.write(`##[group]Run ${name}`)
  const shown = [...inputs].filter(([, value]) => value !== '')
  const lines = [
    ...(shown.length > 0 ? ['with:', ...shown.map(([key, value]) => `  ${key}: ${value}`)] : []),
    ...(Object.keys(env).length > 0 ? ['env:', ...Object.entries(env).map(([key, value]) => `  ${key}: ${value}`)] : []),
  ]
  for (const line of lines.join('\n').split('\n')) log.write(line)
  log.write('##[endgroup]')
}

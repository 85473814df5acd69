import type { ChildProcess } from 'node:child_process'
import { createCommandFiles, readCommandFiles } from '../command-files.ts'
import { toGitHubVariables } from '../github-context.ts'
import type { SecretMasker } from '../secret-masker.ts'
import type { StepLog } from '../step-log.ts'
import { isGroupAlive, type ProcessEnd, runProcess } from './run-process.ts'

export interface StepProcess {
  readonly command: string
  readonly args: readonly string[]
  readonly workingDirectory: string
  /** Everything but `GITHUB_*`, which follow from the context. */
  readonly environment: Readonly<Record<string, string>>
  readonly github: Readonly<Record<string, unknown>>
  /** Where the files are made through which the step speaks. */
  readonly temp: string
  readonly log: StepLog
  readonly masker: SecretMasker
  readonly stop?: AbortSignal | undefined
  readonly kill?: AbortSignal | undefined
  readonly onStarted?: ((child: ChildProcess) => void) | undefined
  /** Collects the process groups that outlive their process: what a step left running in the background. */
  readonly groups?: Set<number>
}

/** What a process of a step did, and what it told the runner. */
export interface StepProcessResult extends ProcessEnd {
  readonly conclusion: 'success' | 'failure'
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Variables and folders for the steps after it. */
  readonly env: Readonly<Record<string, string>>
  readonly path: readonly string[]
  readonly summary: string
}

/** Runs one process of a step with the runner's variables and files, and reads what it left. */
export async function runStepProcess(step: StepProcess): Promise<StepProcessResult> {
  const { log, masker } = step
  const files = await createCommandFiles(step.temp)
  let group: number | undefined
  const end = await runProcess({
    command: step.command,
    args: step.args,
    workingDirectory: step.workingDirectory,
    environment: { ...step.environment, ...toGitHubVariables({ ...step.github, ...files }) },
    onLine: (line) => log.take(line),
    stop: step.stop,
    kill: step.kill,
    onStarted(child) {
      group = child.pid
      if (group !== undefined) step.groups?.add(group)
      step.onStarted?.(child)
    },
  })
  // A number that no process has any more may soon be another's.
  if (group !== undefined && !isGroupAlive(group)) step.groups?.delete(group)
  const left = await readCommandFiles(files, log, masker)
  return {
    ...end,
    conclusion: end.exitCode === 0 && !log.commandFailed ? 'success' : 'failure',
    outputs: Object.fromEntries([...log.outputs, ...left.outputs]),
    state: Object.fromEntries([...log.state, ...left.state]),
    env: Object.fromEntries(left.env),
    path: left.path,
    summary: left.summary,
  }
}

import type { AnnotationProperties, Runner } from '../src/runner.ts'
import type { Level } from '../src/run-types.ts'

export interface MemoryRunner extends Runner {
  readonly secrets: string[]
  readonly outputs: Record<string, string>
  readonly annotations: { level: Level; message: string; properties: AnnotationProperties }[]
  readonly lines: string[]
  readonly debugged: string[]
  summary: string
  exitCode: number | undefined
  /** Everything that was written anywhere, masks apart. */
  everything(): string
}

export interface MemoryRunnerOptions {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly payload?: unknown
}

/** A runner that writes down what an action says to it. */
export function createMemoryRunner({ inputs = {}, env = {}, payload = {} }: MemoryRunnerOptions = {}): MemoryRunner {
  const runner: MemoryRunner = {
    secrets: [],
    outputs: {},
    annotations: [],
    lines: [],
    debugged: [],
    summary: '',
    exitCode: undefined,
    env: {
      GITHUB_REPOSITORY: 'acme/app',
      GITHUB_REPOSITORY_ID: '11',
      GITHUB_RUN_ID: '5',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_SHA: 'a'.repeat(40),
      GITHUB_ACTION_REPOSITORY: 'switchyard/switchyard',
      ...env,
    },
    context: {
      eventName: 'push',
      payload,
      sha: 'a'.repeat(40),
      ref: 'refs/heads/main',
      workflow: 'CI',
      actor: 'maintainer',
      job: 'go',
      runAttempt: 2,
      runNumber: 3,
      runId: 5,
      apiUrl: 'https://api.github.com',
      graphqlUrl: 'https://api.github.com/graphql',
      serverUrl: 'https://github.com',
    },
    getInput: (name) => inputs[name] ?? '',
    setSecret: (secret) => void runner.secrets.push(secret),
    setOutput(name, value) {
      runner.outputs[name] = value
    },
    annotate: (level, message, properties) => void runner.annotations.push({ level, message, properties }),
    info: (line) => void runner.lines.push(line),
    debug: (message) => void runner.debugged.push(message),
    startGroup: (title) => void runner.lines.push(`[${title}]`),
    endGroup: () => void runner.lines.push('[/]'),
    writeSummary(markdown) {
      runner.summary += markdown
      return Promise.resolve()
    },
    setExitCode(code) {
      runner.exitCode = code
    },
    everything: () => JSON.stringify([runner.outputs, runner.annotations, runner.lines, runner.debugged]) + runner.summary,
  }
  return runner
}

/** A crash that never comes. */
export const noCrash = new Promise<never>(() => {})

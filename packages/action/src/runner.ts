// Names, never the whole module: its OIDC client would bring undici into every bundle.
import { debug, endGroup, error, getInput, info, notice, setOutput, setSecret, startGroup, summary, warning } from '@actions/core'
import { context } from '@actions/github'
import type { Environment, RunnerContext } from './context.ts'
import type { Level } from './run-types.ts'

export interface AnnotationProperties {
  readonly title?: string
  readonly file?: string
  readonly startLine?: number
  readonly startColumn?: number
}

/** The runner, as its commands and files let us speak to it. Texts that come here are final. */
export interface Runner {
  readonly env: Environment
  readonly context: RunnerContext
  getInput(name: string): string
  setSecret(secret: string): void
  setOutput(name: string, value: string): void
  annotate(level: Level, message: string, properties: AnnotationProperties): void
  info(line: string): void
  debug(message: string): void
  startGroup(title: string): void
  endGroup(): void
  /** Appends Markdown to the step's page; without one (outside of Actions) nothing happens. */
  writeSummary(markdown: string): Promise<void>
  setExitCode(code: 0 | 1): void
}

/** The real runner around this process. */
export const processRunner: Runner = {
  env: process.env,
  context,
  getInput: (name) => getInput(name),
  setSecret,
  setOutput,
  annotate: (level, message, properties) => ({ error, warning, notice })[level](message, properties),
  info,
  debug,
  startGroup,
  endGroup,
  async writeSummary(markdown) {
    if (process.env['GITHUB_STEP_SUMMARY']) await summary.addRaw(markdown, true).write()
  },
  setExitCode(code) {
    process.exitCode = code
  },
}

import type { Command } from '@commander-js/extra-typings'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal/terminal.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What a command needs beside its own arguments. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly env: Environment
  /** ms since the epoch. */
  now(): number
  /** How the command ended, where it did not simply succeed. */
  endWith(code: ExitCode): void
}

/** Adds a command to the program: what every file in `commands/` exports. */
export type RegisterCommand = (program: Command, context: CommandContext) => void

/** An example for the end of a command's help. */
export function renderExamples(...examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`
}

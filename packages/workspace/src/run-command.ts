import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InternalError } from '@switchyard/core'
import { createCapture } from './capture.ts'
import { toCommandEnvironment } from './command-environment.ts'
import { watchChild } from './watch-child.ts'

export interface Command {
  /** The program, found by `PATH`, and its arguments; no shell reads them. */
  readonly argv: readonly string[]
  readonly folder: string
  readonly timeLimitMs: number
  /** Of standard output and error together. */
  readonly maxOutputBytes?: number
  /** Of this process; only harmless variables of it are handed on. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface CommandOutcome {
  /** 128 and the signal's number for a command that a signal ended, as shells say it. */
  readonly exitCode: number | 'timed-out'
  /** Standard output and error in the order they came. Untrusted text. */
  readonly output: string
  readonly isCut: boolean
}

export const MAX_OUTPUT_BYTES = 256 * 1_024

/**
 * Runs a command to its end, or kills it and all it started at the time limit. What a command leaves running is killed, too.
 * The environment holds no token; a command of the same user could still read this process's own, as any program can.
 *
 * @throws {UserError} `COMMAND_NOT_STARTED` when there is no such program, or it may not be run.
 */
export async function runCommand(command: Command): Promise<CommandOutcome> {
  const [program, ...args] = command.argv
  if (program === undefined) throw new InternalError('A command without a program')
  const home = await mkdtemp(join(tmpdir(), 'switchyard-command-'))
  try {
    const capture = createCapture(command.maxOutputBytes ?? MAX_OUTPUT_BYTES)
    const child = spawn(program, args, {
      cwd: command.folder,
      env: toCommandEnvironment(command.environment, home),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      // A process group of its own, which can be killed as one.
      detached: true,
      windowsHide: true,
    })
    const exitCode = await watchChild(child, { onOutput: (chunk) => capture.add(chunk), timeLimitMs: command.timeLimitMs, program })
    return { exitCode, ...capture.end() }
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 })
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { InternalError, UserError } from '@switchyard/core'
import { createCapture, type Capture } from './capture.ts'
import { toCommandEnvironment } from './command-environment.ts'

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
/** How long output is waited for when a process that fled the group holds it open. */
const DRAIN_MS = 1_000

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
    const exitCode = await waitFor(child, { capture, timeLimitMs: command.timeLimitMs, program })
    return { exitCode, ...capture.end() }
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 })
  }
}

interface Watch {
  readonly capture: Capture
  readonly timeLimitMs: number
  readonly program: string
}

function waitFor(child: ChildProcess, { capture, timeLimitMs, program }: Watch): Promise<number | 'timed-out'> {
  return new Promise((resolve, reject) => {
    let isLate = false
    let drain: NodeJS.Timeout | undefined
    const limit = setTimeout(() => {
      isLate = true
      killGroup(child)
    }, timeLimitMs)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => capture.add(chunk))
    child.on('error', (cause) => {
      clearTimeout(limit)
      reject(notStarted(program, cause))
    })
    child.on('exit', () => {
      clearTimeout(limit)
      killGroup(child)
      drain = setTimeout(() => {
        child.stdout?.destroy()
        child.stderr?.destroy()
      }, DRAIN_MS)
    })
    child.on('close', (code, signal) => {
      clearTimeout(drain)
      resolve(isLate ? 'timed-out' : (code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  })
}

/** Nothing that is left of a group is no error: everything in it has ended. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error
  }
}

function notStarted(program: string, cause: Error): UserError {
  return new UserError('COMMAND_NOT_STARTED', `The command ${program} could not be started`, {
    hint: 'Install it in an earlier step of the job.',
    context: { program, reason: 'code' in cause ? String(cause.code) : 'unknown' },
    cause,
  })
}

import type { ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { UserError } from '@switchyard/core'

/** How long output is waited for when a process that fled the group holds it open. */
const DRAIN_MS = 1_000

export interface Watch {
  readonly onOutput: (chunk: Buffer) => void
  readonly timeLimitMs: number
  readonly program: string
}

/**
 * Waits for a process that leads a group of its own, and kills the group at the time limit and when the process has ended.
 * A number is its exit code, or 128 and the signal's number, as shells say it.
 *
 * @throws {UserError} `COMMAND_NOT_STARTED`
 */
export function watchChild(child: ChildProcess, { onOutput, timeLimitMs, program }: Watch): Promise<number | 'timed-out'> {
  return new Promise((resolve, reject) => {
    let isLate = false
    let drain: NodeJS.Timeout | undefined
    const limit = setTimeout(() => {
      isLate = true
      killGroup(child)
    }, timeLimitMs)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => onOutput(chunk))
    child.on('error', (cause) => {
      clearTimeout(limit)
      reject(notStarted(program, cause))
    })
    child.on('exit', () => {
      clearTimeout(limit)
      killGroup(child)
      // A turn more: on a machine that stood still the time is over before what lies in the pipes was read.
      drain = setTimeout(() => setImmediate(() => letGo(child)), DRAIN_MS)
    })
    child.on('close', (code, signal) => {
      clearTimeout(drain)
      resolve(isLate ? 'timed-out' : (code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  })
}

function letGo({ stdout, stderr }: ChildProcess): void {
  stdout?.destroy()
  stderr?.destroy()
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

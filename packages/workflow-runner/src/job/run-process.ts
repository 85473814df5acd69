import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { UserError } from '@switchyard/core'

export interface ProcessOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly workingDirectory: string
  readonly environment: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
  /** Asks the process to end: an interrupt, then SIGTERM, then SIGKILL. */
  readonly stop?: AbortSignal | undefined
  /** Kills it at once and without a warning, as a lost machine would. */
  readonly kill?: AbortSignal | undefined
  readonly onStarted?: ((child: ChildProcess) => void) | undefined
}

export interface ProcessEnd {
  /** null if a signal ended the process. */
  readonly exitCode: number | null
  readonly killedBy: NodeJS.Signals | null
  readonly durationMs: number
}

/** Milliseconds that an interrupted process has before it is terminated, and then before it is killed (runner, `ProcessInvoker`). */
const AFTER_INTERRUPT = 7_500
const AFTER_TERMINATE = 2_500
/** How long output is awaited from what the process left running behind it. */
const AFTER_EXIT = 250

/** Runs a program to its end, with everything it starts in a group of its own. */
export async function runProcess(options: ProcessOptions): Promise<ProcessEnd> {
  const started = performance.now()
  const child = spawn(options.command, options.args, {
    cwd: options.workingDirectory,
    env: { ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: hasGroups,
  })
  const readers = [child.stdout, child.stderr].map((stream) => readLines(stream, options.onLine))
  const ended = new Promise<Pick<ProcessEnd, 'exitCode' | 'killedBy'>>((resolve, reject) => {
    child.once('error', (error) => reject(isMissing(error) ? missing(options.command, error) : error))
    child.once('exit', (exitCode, killedBy) => resolve({ exitCode, killedBy }))
  })
  const undo = [onAbort(options.kill, () => signalGroup(child, 'SIGKILL')), onAbort(options.stop, () => stopInSteps(child))]
  options.onStarted?.(child)
  try {
    const end = await ended
    // A server left in the background keeps the pipes open: the step is over all the same.
    await Promise.race([Promise.all(readers), waitForRest()])
    return { ...end, durationMs: performance.now() - started }
  } finally {
    for (const each of undo) each()
  }
}

function missing(command: string, cause: Error): UserError {
  const what = 'code' in cause && cause.code === 'EACCES' ? 'is not there, or may not be run' : 'is not there'
  return new UserError('PROGRAM_MISSING', `The program \`${command}\` ${what}`, {
    hint: 'Steps run on this machine: install it here.',
    cause,
  })
}

/** Where a folder of the path may not be looked into, a program that is nowhere is told as one that may not be run. */
const isMissing = (error: Error): boolean => 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')

/** Ends whatever a process that has ended left running. */
export function killGroup(pid: number): void {
  if (!hasGroups) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

export function isGroupAlive(pid: number): boolean {
  try {
    return hasGroups && process.kill(-pid, 0)
  } catch (error) {
    if (!isGone(error)) throw error
    return false
  }
}

const hasGroups = process.platform !== 'win32'

function stopInSteps(child: ChildProcess): void {
  signalGroup(child, 'SIGINT')
  const timers = [
    setTimeout(() => signalGroup(child, 'SIGTERM'), AFTER_INTERRUPT),
    setTimeout(() => signalGroup(child, 'SIGKILL'), AFTER_INTERRUPT + AFTER_TERMINATE),
  ]
  child.once('exit', () => timers.forEach((timer) => clearTimeout(timer)))
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  if (!hasGroups) return void child.kill(signal)
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')

function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal === undefined) return () => undefined
  if (signal.aborted) act()
  signal.addEventListener('abort', act, { once: true })
  return () => signal.removeEventListener('abort', act)
}

async function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Infinity })
  lines.on('line', onLine)
  await once(lines, 'close')
}

/** On a machine that stood still meanwhile the time is over before a word was read: what lies in the pipes is read first. */
async function waitForRest(): Promise<void> {
  await new Promise<void>((resolve) => void setTimeout(resolve, AFTER_EXIT).unref())
  for (let turn = 0; turn < 3; turn += 1) await nextTurn()
}

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface NodeProcessOptions {
  readonly node: string
  readonly script: string
  readonly workingDirectory: string
  readonly environment: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
  readonly signal?: AbortSignal | undefined
  readonly onStarted?: ((child: ChildProcess) => void) | undefined
}

export interface ProcessEnd {
  /** null if a signal ended the process. */
  readonly exitCode: number | null
  readonly killedBy: NodeJS.Signals | null
  readonly durationMs: number
}

/** Runs a script to its end. An aborted `signal` kills it at once and without a warning, as a lost machine would. */
export async function runNodeProcess(options: NodeProcessOptions): Promise<ProcessEnd> {
  const started = performance.now()
  const child = spawn(options.node, [options.script], {
    cwd: options.workingDirectory,
    env: { ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = (): boolean => child.kill('SIGKILL')
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, killedBy) => resolve({ exitCode, killedBy, durationMs: performance.now() - started }))
  })
  const readers = [child.stdout, child.stderr].map((stream) => readLines(stream, options.onLine))
  if (options.signal?.aborted) kill()
  options.signal?.addEventListener('abort', kill, { once: true })
  options.onStarted?.(child)
  try {
    const [end] = await Promise.all([ended, ...readers])
    return end
  } finally {
    options.signal?.removeEventListener('abort', kill)
  }
}

async function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) onLine(line)
}

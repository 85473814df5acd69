import { type ChildProcess, spawn } from 'node:child_process'
import { root } from '../repository.ts'
import type { CheckResult } from './check.ts'

export interface CommandEnd {
  readonly exitCode: number | null
  /** Both streams, in the order written. */
  readonly output: string
}

/** Many times what the slowest check takes. */
const CHECK_LIMIT_MS = 15 * 60_000
/** How long one has to end after it was asked to, before it is killed. */
const GRACE_MS = 10_000

/** Runs a JavaScript tool with this process's Node, without a shell. What has not ended at the time limit is ended, and says so last. */
export function runNode(args: readonly string[], timeLimitMs = CHECK_LIMIT_MS): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    const timers = endAt(child, timeLimitMs)
    const end = (exitCode: number | null): void => {
      timers.forEach((timer) => clearTimeout(timer))
      const late = child.killed ? `\nIt had not ended after ${timeLimitMs / 60_000} minutes, and was ended.` : ''
      resolve({ exitCode, output: `${Buffer.concat(chunks).toString('utf8')}${late}` })
    }
    child.once('error', reject)
    child.once('close', end)
    // What a killed one has left may hold its output open for ever.
    child.once('exit', (exitCode) => void (child.killed && end(exitCode)))
  })
}

function endAt(child: ChildProcess, timeLimitMs: number): readonly NodeJS.Timeout[] {
  return [setTimeout(() => child.kill(), timeLimitMs), setTimeout(() => child.kill('SIGKILL'), timeLimitMs + GRACE_MS)]
}

/** A check that is one command: it passes with exit code 0. */
export async function runCommandCheck(args: readonly string[]): Promise<CheckResult> {
  const { exitCode, output } = await runNode(args)
  return exitCode === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output }
}

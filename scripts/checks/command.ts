import { spawn } from 'node:child_process'
import { root } from '../repository.ts'
import type { CheckResult } from './check.ts'

export interface CommandEnd {
  readonly exitCode: number | null
  /** Both streams, in the order written. */
  readonly output: string
}

/** Runs a JavaScript tool with this process's Node, without a shell. */
export function runNode(args: readonly string[]): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8') }))
  })
}

/** A check that is one command: it passes with exit code 0. */
export async function runCommandCheck(args: readonly string[]): Promise<CheckResult> {
  const { exitCode, output } = await runNode(args)
  return exitCode === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output }
}

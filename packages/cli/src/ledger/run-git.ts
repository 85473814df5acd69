import { spawn } from 'node:child_process'
import { UserError } from '@switchyard/core'
import type { Environment } from '../command.ts'

export interface GitCall {
  readonly folder: string
  readonly args: readonly string[]
  readonly input?: string
  readonly env: Environment
}

export interface GitEnd {
  readonly code: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

/**
 * Runs git over a clone without network, prompt or lock. A non-zero exit is an answer, not an exception.
 *
 * @throws {UserError} `GIT_MISSING` when there is no git.
 */
export function runGit({ folder, args, input = '', env }: GitCall): Promise<GitEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--literal-pathspecs', ...args], {
      cwd: folder,
      env: {
        PATH: env['PATH'] ?? '',
        HOME: env['HOME'] ?? '',
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_NO_LAZY_FETCH: '1',
      },
      stdio: 'pipe',
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.once('error', (cause) =>
      reject(
        new UserError('GIT_MISSING', `git could not be started in ${folder}`, {
          hint: 'Install git, and name a folder that is there.',
          cause,
        }),
      ),
    )
    child.once('close', (code) => resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') }))
    // A child that ends before it has read everything is told by its exit code.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'

/** The environment of every git child: no configuration but the repository's own, no prompt, no token. */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    ...extra,
  }
}

export interface GitResult {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

export interface GitCall {
  readonly directory: string
  readonly args: readonly string[]
  readonly input?: string | Buffer
  readonly environment?: Readonly<Record<string, string>>
}

export function startGit(call: GitCall): ChildProcessWithoutNullStreams {
  return spawn('git', [...call.args], { cwd: call.directory, env: gitEnvironment(call.environment), stdio: 'pipe' })
}

/** Runs git to its end. A non-zero exit is an answer, not an exception; only a git that cannot start rejects. */
export function runGit(call: GitCall): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = startGit(call)
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') }))
    // A child that ends before it has read everything is told by its exit code.
    child.stdin.on('error', () => undefined)
    child.stdin.end(call.input ?? '')
  })
}

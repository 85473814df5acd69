import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { LocalGitHub } from '../src/index.ts'

const run = promisify(execFile)

export interface GitAnswer {
  readonly code: number
  readonly out: string
}

/** Git with the token in its environment, as a person would have it in a credential store. */
export async function runGitAs(token: string, directory: string, args: readonly string[]): Promise<GitAnswer> {
  const env = {
    PATH: process.env.PATH ?? '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'W',
    GIT_AUTHOR_EMAIL: 'w@example.com',
    GIT_COMMITTER_NAME: 'W',
    GIT_COMMITTER_EMAIL: 'w@example.com',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
  }
  try {
    const { stdout, stderr } = await run('git', [...args], { cwd: directory, env })
    return { code: 0, out: stdout + stderr }
  } catch (error) {
    return { code: 1, out: error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error) }
  }
}

export interface PushWanted {
  readonly token: string
  /** Full name. */
  readonly repository: string
  readonly files: Readonly<Record<string, string>>
  /** What is pushed to; `main` unless said. */
  readonly to?: string
  /** A branch to stand on; a history of its own unless said. */
  readonly from?: string
  readonly force?: boolean
}

/** One commit with these files, pushed by git itself. */
export async function pushFiles(
  github: LocalGitHub,
  { token, repository, files, to = 'main', from, force = false }: PushWanted,
): Promise<GitAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'push-'))
  const url = `${github.serverUrl}/${repository}.git`
  const git = (...args: readonly string[]): Promise<GitAnswer> => runGitAs(token, folder, args)
  try {
    await git('init', '--quiet', '--initial-branch=main')
    if (from !== undefined) {
      await git('fetch', '--quiet', url, from)
      await git('reset', '--quiet', '--hard', 'FETCH_HEAD')
    }
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    await git('add', '--all')
    await git('commit', '--quiet', '--allow-empty', '--message', 'Change')
    return await git('push', ...(force ? ['--force'] : []), url, `HEAD:refs/heads/${to}`)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

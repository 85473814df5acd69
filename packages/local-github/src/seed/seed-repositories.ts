import { access, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runGit } from '../git/process.ts'
import type { LocalGitHub } from '../server/start.ts'
import type { Repository, Visibility } from '../world/types.ts'

export interface SeedOptions {
  /** The account that will own the repositories; it must be there. */
  readonly owner: string
  /** A user who may write to them: whoever the commits are pushed as. */
  readonly pusher: string
  readonly visibility?: Visibility
}

/**
 * A repository for each sub-folder, named after it, its files pushed as one real commit over HTTP. What `.gitignore`
 * names stays behind, unless a clone tracks it. The token goes to git in its environment: it is in no URL and no argument list.
 *
 * @throws {Error} with git's own words when a push is refused.
 */
export async function seedRepositories(github: LocalGitHub, folder: string, options: SeedOptions): Promise<readonly Repository[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isDirectory() && entry.name !== '.git')
    .map((entry) => entry.name)
    .sort()
  const repositories: Repository[] = []
  for (const name of names) {
    repositories.push(await github.world.addRepository({ owner: options.owner, name, visibility: options.visibility ?? 'private' }))
    await pushFolder(github, join(folder, name), { repository: `${options.owner}/${name}`, pusher: options.pusher })
  }
  return repositories
}

export interface FolderPush {
  /** Full name. */
  readonly repository: string
  readonly pusher: string
  readonly message?: string
  /** The full ref that is pushed; the branch `main` unless given. */
  readonly ref?: string
}

/**
 * Pushes a folder's files as one commit with no parent: what a clone tracks, and what is neither tracked nor ignored.
 *
 * @throws {Error} with git's own words when the push is refused.
 */
export async function pushFolder(github: LocalGitHub, folder: string, push: FolderPush): Promise<void> {
  const { repository, pusher, message = 'Begin', ref = 'refs/heads/main' } = push
  const token = github.world.createToken({ kind: 'classic', user: pusher, scopes: ['repo', 'workflow'] })
  const scratch = await mkdtemp(join(tmpdir(), 'seed-'))
  const environment = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
    GIT_AUTHOR_NAME: pusher,
    GIT_AUTHOR_EMAIL: `${pusher}@users.noreply.github.com`,
    GIT_COMMITTER_NAME: pusher,
    GIT_COMMITTER_EMAIL: `${pusher}@users.noreply.github.com`,
  }
  // The folder stays untouched: git keeps what it needs elsewhere.
  const git = async (args: readonly string[], input = ''): Promise<void> => {
    const { code, stderr } = await runGit({
      directory: folder,
      args: [`--git-dir=${scratch}`, `--work-tree=${folder}`, ...args],
      environment,
      input,
    })
    if (code !== 0) throw new Error(`git ${args[0]} failed: ${stderr.trim()}`)
  }
  try {
    await git(['init', '--quiet', '--initial-branch=main'])
    await git(['add', '--all'])
    const tracked = await listTrackedThoughIgnored(folder)
    if (tracked.length > 0) {
      await git(['--literal-pathspecs', 'add', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'], tracked.join('\0'))
    }
    await git(['commit', '--quiet', '--allow-empty', '--message', message])
    await git(['push', '--quiet', `${github.serverUrl}/${repository}.git`, `main:${ref}`])
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** What a clone has committed in spite of its `.gitignore`, such as a built action, as far as it is still there. */
async function listTrackedThoughIgnored(folder: string): Promise<readonly string[]> {
  const exists = (path: string): Promise<boolean> =>
    access(join(folder, path)).then(
      () => true,
      () => false,
    )
  if (!(await exists('.git'))) return []
  // The folder may be somebody else's, as a mounted one is; nothing that its configuration names is run.
  const args = [
    '-c',
    `safe.directory=${folder}`,
    '-c',
    'core.fsmonitor=false',
    'ls-files',
    '-z',
    '--cached',
    '--ignored',
    '--exclude-standard',
  ]
  const { code, stdout } = await runGit({ directory: folder, args })
  // A clone whose repository is elsewhere and gone tracks nothing that could be known.
  const paths =
    code === 0
      ? stdout
          .toString('utf8')
          .split('\0')
          .filter((path) => path !== '')
      : []
  const there = await Promise.all(paths.map(exists))
  return paths.filter((_, index) => there[index])
}

import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
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
 * A repository for each sub-folder, named after it, its files pushed as one real commit over HTTP. The token goes to git in
 * its environment: it is in no URL and no argument list.
 *
 * @throws {Error} with git's own words when a push is refused.
 */
export async function seedRepositories(github: LocalGitHub, folder: string, options: SeedOptions): Promise<readonly Repository[]> {
  const { owner, pusher, visibility = 'private' } = options
  const token = github.world.createToken({ kind: 'classic', user: pusher, scopes: ['repo', 'workflow'] })
  const entries = await readdir(folder, { withFileTypes: true })
  const repositories: Repository[] = []
  for (const { name } of entries.filter((entry) => entry.isDirectory()).sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const repository = await github.world.addRepository({ owner, name, visibility })
    await pushFolder(join(folder, name), { url: `${github.serverUrl}/${owner}/${name}.git`, token, pusher })
    repositories.push(repository)
  }
  return repositories
}

interface Push {
  readonly url: string
  readonly token: string
  readonly pusher: string
}

async function pushFolder(folder: string, { url, token, pusher }: Push): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'seed-'))
  const environment = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
    GIT_AUTHOR_NAME: pusher, GIT_AUTHOR_EMAIL: `${pusher}@users.noreply.github.com`,
    GIT_COMMITTER_NAME: pusher, GIT_COMMITTER_EMAIL: `${pusher}@users.noreply.github.com`,
  }
  const git = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await runGit({ directory, args, environment })
    if (code !== 0) throw new Error(`git ${args[0]} failed: ${stderr.trim()}`)
  }
  try {
    await cp(folder, directory, { recursive: true })
    await git('init', '--quiet', '--initial-branch=main')
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'Begin')
    await git('push', '--quiet', url, 'main')
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

import { access, readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { UserError } from '@switchyard/core'
import { type LocalGitHub, pushFolder, startLocalGitHub } from '@switchyard/local-github'
import { seedOwnActions } from './seed-own-actions.ts'

export interface RepositoriesWanted {
  /** One repository, or a folder of repositories. */
  readonly folder: string
  readonly owner: string
  /** Whose doing the event is. */
  readonly actor: string
  /** Name of the repository where the event happens; the only one, unless given. */
  readonly repository: string | undefined
}

/** Repositories on an embedded GitHub, one of them chosen for an event. Whoever asked for it closes it. */
export interface OpenRepositories {
  readonly github: LocalGitHub
  readonly owner: string
  readonly actor: string
  /** Of the actor, who may do everything here. */
  readonly token: string
  readonly chosen: { readonly fullName: string; readonly folder: string }
  /** Pushes the repositories; the chosen one is left out when its push is the event. */
  push(options: { readonly withChosen: boolean }): Promise<void>
}

/** @throws {UserError} `REPOS_NOT_FOUND`, `REPO_UNCLEAR` for the folder and the choice. */
export async function openRepositories({ folder, owner, actor, repository }: RepositoriesWanted): Promise<OpenRepositories> {
  const folders = await findRepositories(resolve(folder))
  const chosen = choose(folders, repository)
  const github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const { world } = github
  world.addUser({ login: actor })
  if (owner !== actor) world.addOrganization({ login: owner, members: { [actor]: 'admin' } })
  for (const name of folders.keys()) await world.addRepository({ owner, name })
  await seedOwnActions(world, { folders: [...folders.values()], owner })
  return {
    github, owner, actor,
    token: world.createToken({ kind: 'classic', user: actor, scopes: ['repo', 'workflow'] }),
    chosen: { fullName: `${owner}/${chosen}`, folder: folders.get(chosen) ?? '' },
    async push({ withChosen }) {
      for (const [name, path] of folders) {
        if (withChosen || name !== chosen) await pushFolder(github, path, { repository: `${owner}/${name}`, pusher: actor })
      }
      await world.events.settled()
    },
  }
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false)

/** Name to folder: the folder itself if it is a repository, or its sub-folders. */
async function findRepositories(folder: string): Promise<ReadonlyMap<string, string>> {
  if ((await exists(join(folder, '.github'))) || (await exists(join(folder, '.git')))) return new Map([[toName(basename(folder)), folder]])
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new UserError('REPOS_NOT_FOUND', `There is no folder ${folder}`, { hint: 'Name a repository, or a folder of repositories, with --repos.', cause })
  })
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules').map((entry) => entry.name)
  if (names.length > 0) return new Map(names.sort().map((name) => [toName(name), join(folder, name)]))
  throw new UserError('REPOS_NOT_FOUND', `${folder} is no repository and has no sub-folder`, { hint: 'Name a repository, or a folder of repositories, with --repos.' })
}

/** A folder's name as GitHub would take it for a repository. */
const toName = (name: string): string => name.replaceAll(/[^\w.-]+/g, '-')

function choose(folders: ReadonlyMap<string, string>, wanted: string | undefined): string {
  const names = [...folders.keys()]
  const [only] = names
  if (wanted === undefined && names.length === 1 && only !== undefined) return only
  if (wanted !== undefined && folders.has(wanted)) return wanted
  const problem = wanted === undefined ? 'There are several repositories' : `There is no repository ${wanted}`
  throw new UserError('REPO_UNCLEAR', `${problem}: ${names.join(', ')}`, { hint: 'Name the one where the event happens with --repo.' })
}

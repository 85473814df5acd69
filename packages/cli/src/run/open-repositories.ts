import { resolve } from 'node:path'
import { UserError } from '@switchyard/core'
import { type FolderPush, type LocalGitHub, pushFolder, startLocalGitHub } from '@switchyard/local-github'
import { findRepositories } from './find-repositories.ts'
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
  try {
    return await fill(github, { folders, chosen, owner, actor })
  } catch (error) {
    await github.close()
    throw error
  }
}

interface Filling {
  readonly folders: ReadonlyMap<string, string>
  readonly chosen: string
  readonly owner: string
  readonly actor: string
}

async function fill(github: LocalGitHub, { folders, chosen, owner, actor }: Filling): Promise<OpenRepositories> {
  const { world } = github
  world.addUser({ login: actor })
  if (owner !== actor) world.addOrganization({ login: owner, members: { [actor]: 'admin' } })
  for (const name of folders.keys()) await world.addRepository({ owner, name })
  await seedOwnActions(world, { folders: [...folders.values()], owner })
  return {
    github,
    owner,
    actor,
    token: world.createToken({ kind: 'classic', user: actor, scopes: ['repo', 'workflow'] }),
    chosen: { fullName: `${owner}/${chosen}`, folder: folders.get(chosen) ?? '' },
    async push({ withChosen }) {
      for (const [name, path] of folders) {
        if (withChosen || name !== chosen) await pushAsIs(github, path, { repository: `${owner}/${name}`, pusher: actor })
      }
      await world.events.settled()
    },
  }
}

/** Pushes a folder. @throws {UserError} `PUSH_REFUSED` with git's own words. */
export async function pushAsIs(github: LocalGitHub, folder: string, push: FolderPush): Promise<void> {
  await pushFolder(github, folder, push).catch((cause: unknown) => {
    throw new UserError('PUSH_REFUSED', `${folder} could not be pushed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  })
}

function choose(folders: ReadonlyMap<string, string>, wanted: string | undefined): string {
  const names = [...folders.keys()]
  const [only] = names
  if (wanted === undefined && names.length === 1 && only !== undefined) return only
  if (wanted !== undefined && folders.has(wanted)) return wanted
  const problem = wanted === undefined ? 'There are several repositories' : `There is no repository ${wanted}`
  throw new UserError('REPO_UNCLEAR', `${problem}: ${names.join(', ')}`, { hint: 'Name the one where the event happens with --repo.' })
}

import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { UserError } from '@switchyard/core'
import type { World } from '@switchyard/local-github'
import { findCommit as findCommitOf } from '@switchyard/local-github/runner'
import { parseTar } from 'nanotar'
import { readActionManifest } from '../action-manifest.ts'
import type { ResolvedAction } from '../job/job.ts'
import { parseUses } from '../workflow/uses.ts'

export interface ActionStoreOptions {
  readonly world: World
  /** Where actions are unpacked. */
  readonly folder: string
  /** `owner/repository` to a folder that stands in for it. */
  readonly replacements: ReadonlyMap<string, string>
}

/** Where a workflow stands: what `$/` and a called workflow's own steps refer to. */
export interface WorkflowPlace {
  /** Full name. */
  readonly repository: string
  readonly sha: string
}

/** Fetches actions as the runner does: the archive of a ref, unpacked once. */
export class ActionStore {
  readonly #options: ActionStoreOptions
  readonly #unpacked = new Map<string, Promise<string>>()

  constructor(options: ActionStoreOptions) {
    this.#options = options
  }

  /**
   * The action that a step names. `./path` is taken from the workspace.
   *
   * @throws UserError `ACTION_NOT_FOUND` or `ACTION_INVALID`.
   */
  async resolve(uses: string, place: WorkflowPlace & { readonly workspace: string }): Promise<ResolvedAction> {
    const named = parseUses(uses)
    switch (named.kind) {
      case 'local':
        return this.#read({ folder: within(place.workspace, named.path, uses), repository: '', ref: '', isLocal: true }, uses)
      case 'self': {
        const root = await this.#unpack(place.repository, place.sha)
        return this.#read({ folder: within(root, named.path, uses), repository: place.repository, ref: place.sha, isLocal: false }, uses)
      }
      case 'repository':
        return this.#fetch(named, { uses, caller: place.repository })
      case 'workflow':
      case 'docker':
      case 'malformed':
        throw new UserError('ACTION_INVALID', `\`${uses}\` names no action that runs here`)
      default:
        return named satisfies never
    }
  }

  async #fetch(
    { repository, path, ref }: { readonly repository: string; readonly path: string; readonly ref: string },
    { uses, caller }: { readonly uses: string; readonly caller: string },
  ): Promise<ResolvedAction> {
    const replacement = this.#options.replacements.get(repository.toLowerCase())
    if (replacement !== undefined) {
      const note = `${replacement} stands in for ${repository}`
      return this.#read({ folder: within(replacement, path, uses), repository, ref, isLocal: false, note }, uses)
    }
    const sha = await this.#findCommit(repository, ref, caller)
    if (sha === undefined) {
      throw new UserError('ACTION_NOT_FOUND', `Unable to resolve action \`${uses}\`: there is no ${repository} with a ref ${ref} here`, {
        hint: `Put the repository among the others, or name a folder that stands in for it (--action ${repository}=<folder>).`,
      })
    }
    const root = await this.#unpack(repository, sha)
    return this.#read({ folder: within(root, path, uses), repository, ref, isLocal: false }, uses)
  }

  /** Actions of private repositories are for workflows of the same owner. Source: docs.github.com, "Sharing actions and workflows". */
  async #findCommit(name: string, ref: string, caller: string): Promise<string | undefined> {
    const repository = this.#options.world.findRepository(name)
    const isSameOwner = name.split('/')[0]?.toLowerCase() === caller.split('/')[0]?.toLowerCase()
    if (repository === undefined || (repository.visibility === 'private' && !isSameOwner)) return undefined
    return findCommit(this.#options.world, name, ref)
  }

  async #read(action: Omit<ResolvedAction, 'manifest'>, uses: string): Promise<ResolvedAction> {
    return { ...action, manifest: await readActionManifest(action.folder, uses) }
  }

  #unpack(repository: string, sha: string): Promise<string> {
    const key = `${repository.toLowerCase()}@${sha}`
    const known = this.#unpacked.get(key) ?? unpackArchive(this.#options, repository, sha)
    this.#unpacked.set(key, known)
    return known
  }
}

/** The commit of a branch, a tag or an id; undefined if the repository has no such thing. */
export async function findCommit(world: World, repository: string, ref: string): Promise<string | undefined> {
  const commit = await findCommitOf(world.git(repository), world.repository(repository), ref)
  return commit?.oid
}

async function unpackArchive({ world, folder }: ActionStoreOptions, repository: string, sha: string): Promise<string> {
  const target = join(folder, repository.toLowerCase(), sha)
  const partial = `${target}.partial`
  // A copy of its own: a small buffer is a window into a larger one, which the parser would read instead.
  const archive = new Uint8Array(await world.git(repository).archive(sha))
  const files = parseTar(archive).filter((entry) => entry.type === 'file')
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true })
  for (const { name, data = new Uint8Array(), attrs } of files) {
    const path = within(partial, name, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, data, { mode: Number.parseInt(attrs?.mode ?? '644', 8) })
  }
  await rename(partial, target)
  return target
}

/** @throws UserError for a path that leads out of the folder. */
function within(folder: string, path: string, named: string): string {
  const full = resolve(folder, path)
  if (full === resolve(folder) || full.startsWith(resolve(folder) + sep)) return full
  throw new UserError('ACTION_INVALID', `\`${named}\` leads out of its folder`)
}

/** The stand-ins that come with the runner, by the name of what they stand in for. */
export async function readStandIns(): Promise<ReadonlyMap<string, string>> {
  const root = join(import.meta.dirname, '../../stand-ins')
  const owners = await readdir(root)
  const found = await Promise.all(
    owners.map(async (owner) => (await readdir(join(root, owner))).map((name) => [`${owner}/${name}`, join(root, owner, name)] as const)),
  )
  return new Map(found.flat())
}

import { access, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { UserError } from '@switchyard/core'

/**
 * Repositories by name: the folder itself if it is one, or its sub-folders.
 *
 * @throws {UserError} `REPOS_NOT_FOUND`, and `REPO_UNCLEAR` for two folders that would have one name.
 */
export async function findRepositories(folder: string): Promise<ReadonlyMap<string, string>> {
  const hint = 'Name a repository, or a folder of repositories, with --repos.'
  if (await isRepository(folder)) return new Map([[toName(basename(folder)), folder]])
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new UserError('REPOS_NOT_FOUND', `There is no folder ${folder}`, { hint, cause })
  })
  const names = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => entry.name)
    .sort()
  const found = new Map<string, string>()
  for (const each of names) {
    const path = join(folder, each)
    // An organisation's own `.github` is a repository like others; further hidden folders belong to tools.
    if (each.startsWith('.') && !(await isRepository(path))) continue
    const name = toName(each)
    const other = found.get(name)
    if (other !== undefined) {
      throw new UserError('REPO_UNCLEAR', `${other} and ${path} would both be the repository ${name}`, {
        hint: 'Rename one of the folders.',
      })
    }
    found.set(name, path)
  }
  if (found.size > 0) return found
  throw new UserError('REPOS_NOT_FOUND', `${folder} is no repository and has no sub-folder`, { hint })
}

async function isRepository(folder: string): Promise<boolean> {
  return (await exists(join(folder, '.github/workflows'))) || (await exists(join(folder, '.git')))
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** A folder's name as GitHub would take it for a repository. */
const toName = (name: string): string => name.replaceAll(/[^\w.-]+/g, '-')

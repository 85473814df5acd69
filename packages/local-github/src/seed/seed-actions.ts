import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { World } from '../world/world.ts'

export interface ActionsSeed {
  /** A folder with one sub-folder for each action. */
  readonly folder: string
  /** Full name of the repository that workflows will name. Its owner is made if nobody has the name. */
  readonly repository: string
  readonly tags: readonly string[]
}

/** What of an action's folder a workflow that uses it needs: its metadata and its bundles. */
const NEEDED = /^(action\.ya?ml|dist\/.*)$/

/** A public repository with built actions below `actions/`, as the archive of a release holds them. */
export async function seedActions(world: World, { folder, repository, tags }: ActionsSeed): Promise<void> {
  const [owner = '', name = ''] = repository.split('/')
  if (![...world.state.accounts.values()].some(({ login }) => login === owner)) world.addOrganization({ login: owner, members: {} })
  await world.addRepository({ owner, name, visibility: 'public' })
  const files: Record<string, Buffer> = {}
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/')
    if (entry.isFile() && NEEDED.test(path.split('/').slice(1).join('/'))) files[`actions/${path}`] = await readFile(join(folder, path))
  }
  const commit = await world.commit({ repository, files, message: 'Release' })
  for (const tag of tags) await world.git(repository).createRef(`refs/tags/${tag}`, commit)
}

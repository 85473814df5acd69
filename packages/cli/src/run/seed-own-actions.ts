import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seedActions, type World } from '@switchyard/local-github'

/** The name under which workflows use the toolkit's own actions. */
export const OWN_REPOSITORY = 'switchyard/switchyard'

const actionsFolder = join(import.meta.dirname, '../../../../actions')
/** What the App may do where it is installed; the actions' READMEs say why. */
const APP_PERMISSIONS = { actions: 'write', contents: 'read' } as const

export interface OwnActionsWanted {
  /** The repositories' folders, in which workflows are looked for. */
  readonly folders: readonly string[]
  readonly owner: string
}

/**
 * If a workflow uses one of the toolkit's own actions: publishes them under their name and tags,
 * unless a repository of that name is there, and installs an App on the owner's repositories, its id and key where the examples look for them (`SWITCHYARD_APP_ID`, `SWITCHYARD_PRIVATE_KEY`).
 */
export async function seedOwnActions(world: World, { folders, owner }: OwnActionsWanted): Promise<void> {
  const uses = await Promise.all(folders.map((folder) => usesOwnActions(join(folder, '.github/workflows'))))
  if (!uses.includes(true) || world.findRepository(OWN_REPOSITORY) !== undefined) return
  await seedActions(world, { folder: actionsFolder, repository: OWN_REPOSITORY, tags: ['v1', 'v1.0.0'] })
  const { app, privateKey = '' } = world.addApp({ slug: 'switchyard', owner, permissions: APP_PERMISSIONS })
  world.install({ app: 'switchyard', account: owner, repositories: 'all' })
  world.setVariable({ organization: owner, name: 'SWITCHYARD_APP_ID', value: String(app.id) })
  world.setSecret({ organization: owner, name: 'SWITCHYARD_PRIVATE_KEY', value: privateKey })
}

async function usesOwnActions(workflows: string): Promise<boolean> {
  const files = await readdir(workflows).catch(() => [])
  const texts = await Promise.all(files.map((file) => readFile(join(workflows, file), 'utf8').catch(() => '')))
  return texts.some((text) => text.includes(`${OWN_REPOSITORY}/`))
}

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, seedActions, type World } from '@switchyard/local-github'

/** The name under which workflows use the toolkit's own actions. */
export const OWN_REPOSITORY = 'switchyard/switchyard'

const USED = new RegExp(`${OWN_REPOSITORY}/actions/([\\w-]+)@`, 'g')
const actionsFolder = join(import.meta.dirname, '../../../../actions')
/** What the App may do where it is installed, by the actions that are used; their READMEs say why. */
const APP_PERMISSIONS: Readonly<Record<string, App['permissions']>> = {
  'dispatch-on-complete': { actions: 'write', contents: 'read' },
  'bootstrap-repo': {
    administration: 'write',
    contents: 'write',
    issues: 'write',
    metadata: 'read',
    pull_requests: 'write',
    workflows: 'write',
  },
}

export interface OwnActionsWanted {
  /** The repositories' folders, in which workflows are looked for. */
  readonly folders: readonly string[]
  readonly owner: string
}

/**
 * If a workflow uses one of the toolkit's own actions: publishes them under their name and tags, unless a repository of
 * that name is there, and installs an App that may do what they need on the owner's repositories, its id and key where
 * the examples look for them (`SWITCHYARD_APP_ID`, `SWITCHYARD_PRIVATE_KEY`).
 */
export async function seedOwnActions(world: World, { folders, owner }: OwnActionsWanted): Promise<void> {
  const used = new Set((await Promise.all(folders.map((folder) => findOwnActions(join(folder, '.github/workflows'))))).flat())
  if (used.size === 0 || world.findRepository(OWN_REPOSITORY) !== undefined) return
  await seedActions(world, { folder: actionsFolder, repository: OWN_REPOSITORY, tags: ['v1', 'v1.0.0'] })
  const { app, privateKey = '' } = world.addApp({ slug: 'switchyard', owner, permissions: permissionsFor(used) })
  world.install({ app: 'switchyard', account: owner, repositories: 'all' })
  world.setVariable({ organization: owner, name: 'SWITCHYARD_APP_ID', value: String(app.id) })
  world.setSecret({ organization: owner, name: 'SWITCHYARD_PRIVATE_KEY', value: privateKey })
}

async function findOwnActions(workflows: string): Promise<readonly string[]> {
  const files = await readdir(workflows).catch(() => [])
  const texts = await Promise.all(files.map((file) => readFile(join(workflows, file), 'utf8').catch(() => '')))
  return texts.flatMap((text) => [...text.matchAll(USED)].map(([, name = '']) => name))
}

/** All that any of the actions needs; `write` where one reads and another writes. */
function permissionsFor(used: ReadonlySet<string>): App['permissions'] {
  const entries = [...used].flatMap((name) => Object.entries(APP_PERMISSIONS[name] ?? {}))
  return Object.fromEntries(entries.sort(([, a], [, b]) => a.localeCompare(b)))
}

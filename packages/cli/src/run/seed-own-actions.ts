import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seedActions, type World } from '@switchyard/local-github'

/** The name under which workflows use the toolkit's own actions. */
export const OWN_REPOSITORY = 'switchyard/switchyard'

const actionsFolder = join(import.meta.dirname, '../../../../actions')

/** Publishes the toolkit's own actions on an embedded GitHub, if a workflow of these folders uses one. */
export async function seedOwnActions(world: World, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if (!(await usesOwnActions(join(folder, '.github/workflows')))) continue
    return seedActions(world, { folder: actionsFolder, repository: OWN_REPOSITORY, tags: ['v1'] })
  }
}

async function usesOwnActions(workflows: string): Promise<boolean> {
  const files = await readdir(workflows).catch(() => [])
  const texts = await Promise.all(files.map((file) => readFile(join(workflows, file), 'utf8').catch(() => '')))
  return texts.some((text) => text.includes(`${OWN_REPOSITORY}/`))
}

import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Absolute path of the repository. */
export const root = dirname(import.meta.dirname)

/** Names of the actions that have an entry to bundle, sorted. */
export function readActionNames(): readonly string[] {
  const folder = join(root, 'actions')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'src/index.ts')))
    .sort()
}

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repository.ts'
import { bundleEntry } from './bundle.ts'
import type { Bundle } from './bundle.ts'

/** The bundle of one action, made from its sources; nothing is written. */
export function bundleAction(name: string): Promise<Bundle> {
  return bundleEntry({ entry: join(root, 'actions', name, 'src/index.ts') })
}

/** Replaces everything in the action's `dist/` by the bundle. */
export function writeDist(name: string, bundle: Bundle): void {
  const folder = distFolder(name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [file, content] of bundle) writeFileSync(join(folder, file), content)
}

/** What differs between the action's `dist/` and the bundle, a line each; empty if they are the same byte for byte. */
export function compareDist(name: string, bundle: Bundle): readonly string[] {
  const folder = distFolder(name)
  const present = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : []
  const committed = new Map(present.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]))
  const files = [...new Set([...bundle.keys(), ...committed.keys()])].sort()
  return files.flatMap((file) => {
    const [wanted, found] = [bundle.get(file), committed.get(file)]
    if (wanted === found) return []
    const fault = found === undefined ? 'is missing' : wanted === undefined ? 'does not belong there' : 'is not what the sources give'
    return [`actions/${name}/dist/${file} ${fault}`]
  })
}

const distFolder = (name: string): string => join(root, 'actions', name, 'dist')

import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { findDependencyBreaches } from './floors/dependencies.ts'
import type { Manifest } from './floors/dependencies.ts'
import { findModuleBreaches, renderBreach } from './floors/floors.ts'
import { parseModule } from './floors/parse-module.ts'
import { root } from './repository.ts'

const sources = ['packages/*/{src,test,contract}/**/*.ts', 'actions/*/src/**/*.ts', '{acceptance,bench,scripts}/**/*.ts']
const manifestFiles = ['package.json', '{packages,actions}/*/package.json', '{acceptance,bench}/package.json']

/** Checks where every import and dependency of the repository points, and what the pure rooms use. A line a breach. */
export function checkFloors(): readonly string[] {
  const modules = list(sources).map((file) => parseModule(file, readFileSync(join(root, file), 'utf8')))
  const manifests = list(manifestFiles).map(readManifest)
  return [...modules.flatMap(findModuleBreaches), ...findDependencyBreaches(manifests, modules)].map(renderBreach)
}

function list(patterns: readonly string[]): readonly string[] {
  const found = globSync(patterns, { cwd: root, exclude: (path) => /(^|[\\/])(node_modules|dist)$/.test(path) })
  return found
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => existsSync(join(root, file)))
    .sort()
}

const versions = z.record(z.string(), z.string()).default({})
const manifestSchema = z.object({ name: z.string(), dependencies: versions, devDependencies: versions })

function readManifest(file: string): Manifest {
  return { file, ...manifestSchema.parse(JSON.parse(readFileSync(join(root, file), 'utf8'))) }
}

if (import.meta.main) {
  const breaches = checkFloors()
  for (const line of breaches) console.error(line)
  process.exitCode = breaches.length > 0 ? 1 : 0
}

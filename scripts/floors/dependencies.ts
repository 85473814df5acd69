import { isComputed, isNodeModule, isTestFile } from './floors.ts'
import type { Breach } from './floors.ts'
import type { Import, Module } from './parse-module.ts'

/** A `package.json`, as far as the rules look at it. */
export interface Manifest {
  /** Relative to the repository. */
  readonly file: string
  readonly name: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

/** What is imported but not declared, declared but not imported, not pinned, or pinned to different versions. */
export function findDependencyBreaches(manifests: readonly Manifest[], modules: readonly Module[]): readonly Breach[] {
  const root = manifests.find((manifest) => manifest.file === 'package.json')
  const inner = manifests.filter((manifest) => manifest !== root)
  const owner = (module: Module): Manifest | undefined => inner.find((manifest) => module.file.startsWith(folderOf(manifest))) ?? root
  return [
    ...modules.flatMap((module) => findUndeclared(module, owner(module), root)),
    ...inner.flatMap((manifest) =>
      findUnused(
        manifest,
        modules.filter((module) => owner(module) === manifest),
      ),
    ),
    ...manifests.flatMap((manifest) => findLoose(manifest)),
    ...findDisagreements(manifests),
  ]
}

const folderOf = (manifest: Manifest): string => manifest.file.slice(0, -'package.json'.length)

/** The package an import belongs to; undefined for relative and computed imports and Node's own modules. */
function packageOf({ specifier }: Import): string | undefined {
  if (specifier.startsWith('.') || isNodeModule(specifier) || isComputed(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function findUndeclared(module: Module, owner: Manifest | undefined, root: Manifest | undefined): readonly Breach[] {
  const forUsers = { ...owner?.dependencies }
  // Tests and tools may use what the repository's root declares for everybody.
  const forTests = { ...forUsers, ...owner?.devDependencies, ...root?.dependencies, ...root?.devDependencies }
  const declared = isTestFile(module.file) || owner === root ? forTests : forUsers
  return module.imports.flatMap((entry) => {
    const name = packageOf(entry)
    if (name === undefined || name in declared || name === owner?.name) return []
    const what = `${name} is imported but ${owner?.file ?? 'package.json'} does not declare it`
    return [
      {
        file: module.file,
        line: entry.line,
        what,
        remedy: `Add it there${isTestFile(module.file) ? ' or at the root' : ''}, with an exact version.`,
      },
    ]
  })
}

function findUnused(manifest: Manifest, modules: readonly Module[]): readonly Breach[] {
  const used = (filter: (module: Module) => boolean): ReadonlySet<string | undefined> =>
    new Set(modules.filter(filter).flatMap((module) => module.imports.map(packageOf)))
  const inSources = used((module) => !isTestFile(module.file))
  const anywhere = used(() => true)
  const unused = [
    ...Object.keys(manifest.dependencies).filter((name) => !inSources.has(name)),
    ...Object.keys(manifest.devDependencies).filter((name) => !anywhere.has(name)),
  ]
  return unused.map((name) => ({
    file: manifest.file,
    line: 1,
    what: `${name} is declared but ${anywhere.has(name) ? 'imported by tests only' : 'not imported'}`,
    remedy: anywhere.has(name) ? 'Move it to devDependencies.' : 'Remove it.',
  }))
}

function findLoose(manifest: Manifest): readonly Breach[] {
  return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, version]) => !/^(workspace:\*|\d+\.\d+\.\d+(-[\w.]+)?)$/.test(version))
    .map(([name, version]) => ({ file: manifest.file, line: 1, what: `${name} asks for "${version}"`, remedy: 'Name one exact version.' }))
}

function findDisagreements(manifests: readonly Manifest[]): readonly Breach[] {
  const versions = new Map<string, string>()
  return manifests.flatMap((manifest) =>
    Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).flatMap(([name, version]) => {
      const first = versions.get(name) ?? version
      versions.set(name, first)
      if (first === version) return []
      return [
        { file: manifest.file, line: 1, what: `${name} is ${version} here and ${first} elsewhere`, remedy: 'Use one version everywhere.' },
      ]
    }),
  )
}

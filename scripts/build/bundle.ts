import { builtinModules } from 'node:module'
import { rolldown } from 'rolldown'
import type { OutputAsset, OutputChunk, RolldownLog } from 'rolldown'
import { keepClassNamesPlugin } from './keep-class-names.ts'
import { lazyBuiltinsPlugin } from './lazy-builtins.ts'
import { leanModulesPlugin } from './lean-modules.ts'
import { renderLicences } from './licences.ts'
import { FIRST, LATE, manifest, packFile } from './pack-file.ts'

export interface BundleOptions {
  /** Absolute path of the TypeScript entry. */
  readonly entry: string
  /** Patterns of module paths that must run even if nothing is imported from them. None by default. */
  readonly keepSideEffects?: readonly RegExp[]
}

/** File name in `dist/` to content. */
export type Bundle = ReadonlyMap<string, string>

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]))

/**
 * Bundles one entry and everything it imports into minified ES modules, with the licences of what is inside.
 *
 * What the entry imports is `index.js`: a runner reads all of it before anything else happens. What is only reached by
 * `await import('…')` is `late.js`, loaded and run as one when the first such expression is reached. The result depends on the
 * sources and the lockfile only, not on the folder it is built in.
 *
 * @throws Error if an import cannot be resolved, if the bundler warns, or if anything but Node's own modules stays outside.
 */
export async function bundleEntry(options: BundleOptions): Promise<Bundle> {
  const chunks = await joinModules(options)
  const files = await Promise.all(chunks.map(async ({ fileName, code }) => [fileName, await packFile(fileName, code)] as const))
  const moduleIds = chunks
    .flatMap(({ modules }) => Object.entries(modules))
    .filter(([, module]) => module.renderedLength > 0)
    .map(([id]) => id)
  return new Map([...files, ['licenses.txt', renderLicences(moduleIds)], ['package.json', manifest]])
}

/** TypeScript to one or two readable ES modules. Tree shaking needs rolldown: ncc keeps all of a package it cannot prove pure. */
async function joinModules({ entry, keepSideEffects = [] }: BundleOptions): Promise<readonly OutputChunk[]> {
  const warnings: RolldownLog[] = []
  const build = await rolldown({
    input: { index: entry },
    platform: 'node',
    tsconfig: false,
    preserveEntrySignatures: false,
    plugins: [leanModulesPlugin(), lazyBuiltinsPlugin(), keepClassNamesPlugin()],
    treeshake: { moduleSideEffects: (id) => keepSideEffects.some((pattern) => pattern.test(id)) },
    onLog: (level, log) => {
      // Late modules may import each other both ways: they are one file.
      if (level === 'warn' && log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') warnings.push(log)
    },
  })
  const needed = findNeeded((await build.generate(format)).output)
  const groups = [{ name: 'index', test: (id: string) => needed.has(id), priority: 1 }, { name: 'late' }]
  const { output } = await build.generate({ ...format, codeSplitting: { includeDependenciesRecursively: false, groups } })
  await build.close()
  if (warnings.length > 0) throw new Error(`Bundling ${entry} warned:\n${warnings.map((log) => log.message).join('\n')}`)
  const [first, ...others] = output.flatMap((file) => (file.type === 'chunk' ? file : []))
  const outside = [first, ...others].flatMap((chunk) => chunk?.imports ?? []).filter((name) => !builtins.has(name) && name !== FIRST)
  const unknown = [...outside, ...output.map(({ fileName }) => fileName).filter((name) => name !== FIRST && name !== LATE)]
  if (first === undefined || unknown.length > 0) {
    throw new Error(
      `The bundle of ${entry} would need more at its start (${unknown.join(', ')}): look for a package that is outside, or a top-level await`,
    )
  }
  return [first, ...others]
}

const format = { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js', comments: { legal: false } } as const

/** The modules that run before anything is loaded late: those of the entry's own chunk and of all that it imports. */
function findNeeded(output: readonly (OutputChunk | OutputAsset)[]): ReadonlySet<string> {
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])))
  const reached = new Set([FIRST])
  for (const name of reached) for (const imported of chunks.get(name)?.imports ?? []) reached.add(imported)
  return new Set([...reached].flatMap((name) => Object.keys(chunks.get(name)?.modules ?? {})))
}

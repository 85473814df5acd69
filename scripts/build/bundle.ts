import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ncc from '@vercel/ncc'
import { rolldown } from 'rolldown'
import type { OutputChunk, RolldownLog } from 'rolldown'
import { keepClassNamesPlugin } from './keep-class-names.ts'
import { lazyBuiltinsPlugin } from './lazy-builtins.ts'
import { leanModulesPlugin } from './lean-modules.ts'
import { renderLicences } from './licences.ts'

export interface BundleOptions {
  /** Absolute path of the TypeScript entry. */
  readonly entry: string
  /** Patterns of module paths that must run even if nothing is imported from them. None by default. */
  readonly keepSideEffects?: readonly RegExp[]
}

/** File name in `dist/` to content. */
export type Bundle = ReadonlyMap<string, string>

const manifest = `${JSON.stringify({ type: 'module' }, null, 2)}\n`
const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]))

/**
 * Bundles one entry and everything it imports into one minified ES module, with the licences of what is inside.
 *
 * The result depends on the sources and the lockfile only, not on the folder it is built in. What stands behind
 * `await import('…')` is in the same file and runs when that expression is reached.
 *
 * @throws Error if an import cannot be resolved, if the bundler warns, or if anything but Node's own modules stays outside.
 */
export async function bundleEntry(options: BundleOptions): Promise<Bundle> {
  const chunk = await joinModules(options)
  const code = await packFile(chunk.code)
  const moduleIds = Object.entries(chunk.modules)
    .filter(([, module]) => module.renderedLength > 0)
    .map(([id]) => id)
  return new Map([
    ['index.js', code.endsWith('\n') ? code : `${code}\n`],
    ['licenses.txt', renderLicences(moduleIds)],
    ['package.json', manifest],
  ])
}

/** TypeScript to one readable ES module. Tree shaking needs rolldown: ncc keeps all of a package it cannot prove pure. */
async function joinModules({ entry, keepSideEffects = [] }: BundleOptions): Promise<OutputChunk> {
  const warnings: RolldownLog[] = []
  const build = await rolldown({
    input: entry,
    platform: 'node',
    tsconfig: false,
    plugins: [leanModulesPlugin(), lazyBuiltinsPlugin(), keepClassNamesPlugin()],
    treeshake: { moduleSideEffects: (id) => keepSideEffects.some((pattern) => pattern.test(id)) },
    onLog: (level, log) => {
      if (level === 'warn') warnings.push(log)
    },
  })
  const { output } = await build.generate({ format: 'esm', codeSplitting: false, comments: { legal: false } })
  await build.close()
  if (warnings.length > 0) throw new Error(`Bundling ${entry} warned:\n${warnings.map((log) => log.message).join('\n')}`)
  const [chunk, ...others] = output
  const outside = chunk.imports.filter((name) => !builtins.has(name))
  if (others.length > 0 || outside.length > 0) {
    throw new Error(`The bundle of ${entry} is not one file: ${[...others.map((other) => other.fileName), ...outside].join(', ')}`)
  }
  return chunk
}

/** One ES module to one minified ES module whose built-in modules are required, which is cheaper at start-up than importing them. */
async function packFile(code: string): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), 'switchyard-bundle-'))
  // Names that clash are told apart by the folder's name, which therefore is always the same.
  const folder = join(scratch, 'bundle', 'action')
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'package.json'), manifest)
    writeFileSync(join(folder, 'index.js'), code)
    const packed = await ncc(join(folder, 'index.js'), { minify: true, cache: false, quiet: true, esm: true, target: 'es2022' })
    const assets = Object.keys(packed.assets).filter((name) => name !== 'package.json')
    if (assets.length > 0) throw new Error(`The bundle would need further files: ${assets.join(', ')}`)
    // ncc numbers modules by their path once it needs its own loader, so the bytes would depend on the folder.
    if (packed.code.includes('__nccwpck_require__')) {
      throw new Error('The bundle needs a module loader of its own: look for a top-level await, __dirname or require')
    }
    return packed.code
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

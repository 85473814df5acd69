import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'rolldown'

/** Another file of the same package, seen from the one that Node would take. */
const otherFiles: Readonly<Record<string, string>> = {
  // Of a CommonJS build everything stays in a bundle; of the same code as ES modules, what is used.
  'isomorphic-git': 'index.js',
  yaml: '../browser/index.js',
  // Packs are only read: nothing is deflated with it.
  pako: 'lib/inflate.js',
}

/** What a package imports, and what it gets instead: only as much of it as is used there. */
const standIns: readonly { readonly source: string; readonly importer: RegExp; readonly file: string }[] = [
  { source: 'sha.js/sha1.js', importer: /isomorphic-git/, file: 'sha1.ts' },
  { source: 'bottleneck/light.js', importer: /plugin-retry/, file: 'limiter.ts' },
  { source: 'fs', importer: /@actions[\\/]core[\\/]lib[\\/]summary\.js$/, file: 'summary-fs.ts' },
]

/** Takes the leanest build of some packages, and a stand-in for what others bring along. */
export function leanModulesPlugin(): Plugin {
  return {
    name: 'lean-modules',
    resolveId(source, importer) {
      if (importer === undefined) return null
      const standIn = standIns.find((each) => each.source === source && each.importer.test(importer))
      if (standIn !== undefined) return { id: join(import.meta.dirname, 'stand-ins', standIn.file), moduleSideEffects: false }
      const file = otherFiles[source]
      return file === undefined ? null : { id: join(dirname(createRequire(importer).resolve(source)), file), moduleSideEffects: false }
    },
  }
}

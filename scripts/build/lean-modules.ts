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

/** What Node does itself: isomorphic-git brings a hash for browsers, with a dozen packages for old ones. */
const standIns: Readonly<Record<string, string>> = {
  'sha.js/sha1.js': `import { createHash } from 'node:crypto'\nexport default function Sha1() { return createHash('sha1') }`,
}

const idPrefix = '\0lean-module:'

/** Takes the leanest build of some packages, and Node's own means in place of others. */
export function leanModulesPlugin(): Plugin {
  return {
    name: 'lean-modules',
    resolveId(source, importer) {
      if (source in standIns) return { id: idPrefix + source, moduleSideEffects: false }
      const file = otherFiles[source]
      if (file === undefined || importer === undefined) return null
      return { id: join(dirname(createRequire(importer).resolve(source)), file), moduleSideEffects: false }
    },
    load: (id) => (id.startsWith(idPrefix) ? standIns[id.slice(idPrefix.length)] : null),
  }
}

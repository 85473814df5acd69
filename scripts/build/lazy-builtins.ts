import * as crypto from 'node:crypto'
import type { Plugin } from 'rolldown'

/** Built-in modules that cost milliseconds to load and that a bundle seldom needs before its first request. */
const lazyBuiltins: Readonly<Record<string, object>> = { crypto }

const idPrefix = '\0lazy-builtin:'

/**
 * Replaces each built-in module named above by one whose functions load it at their first call.
 *
 * Only functions are offered. A bundle that imports a class or a constant of such a module fails to build, since those
 * could not be delivered late without changing what they are.
 */
export function lazyBuiltinsPlugin(): Plugin {
  return {
    name: 'lazy-builtins',
    resolveId(source, _importer, { kind }) {
      // CommonJS would have it run as a module of its own, with the bundler's runtime; what is left of such packages needs none of it.
      if (kind === 'require-call') return null
      const name = source.replace(/^node:/, '')
      return name in lazyBuiltins ? { id: idPrefix + name, moduleSideEffects: false } : null
    },
    load(id) {
      if (!id.startsWith(idPrefix)) return null
      const name = id.slice(idPrefix.length)
      return renderLazyModule(name, lazyBuiltins[name] ?? {})
    },
  }
}

function renderLazyModule(name: string, exports: object): string {
  const functions = Object.entries(exports)
    .filter(([key, value]) => /^[a-z]\w*$/.test(key) && key !== 'default' && typeof value === 'function')
    .map(([key]) => key)
    .sort()
  const loader = `const load = () => process.getBuiltinModule('node:${name}')`
  return [loader, ...functions.map((key) => `export const ${key} = (...args) => load().${key}(...args)`)].join('\n')
}

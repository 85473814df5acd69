// GitHub's own parser imports JSON files without saying that they are JSON, which Node refuses. Import this module first, and what
// needs the parser by `import()` after it.
import { registerHooks } from 'node:module'

registerHooks({
  load(url, context, next) {
    const isBareImport = url.endsWith('.json') && context.conditions.includes('import') && context.importAttributes['type'] === undefined
    if (!isBareImport) return next(url, context)
    const { source = '' } = next(url, { ...context, format: 'json', importAttributes: { type: 'json' } })
    const text = typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined)
    return { format: 'module', source: `export default ${text}`, shortCircuit: true }
  },
})

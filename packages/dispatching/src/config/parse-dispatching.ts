import { byPlace, type Fault } from '@switchyard/core'
import { parseYamlDocument, shapeFaults } from '@switchyard/core/config'
import type { DispatchConfig } from '../model.ts'
import { dropDuplicates } from './identity-rules.ts'
import { normalise } from './normalise.ts'
import { checkRules } from './rules.ts'
import { dispatchingShape } from './shape.ts'
import { dispatchingWords } from './words.ts'

export type ParsedDispatching =
  | { readonly ok: true; readonly config: DispatchConfig; readonly warnings: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Reads the text of a `dispatching.yml`. `file` is the path that faults name, `owner` the owner of the repository that
 * the file stands in. Never throws; everything wrong is told at once, from the file's top to its end.
 */
export function parseDispatching(text: string, { file, owner }: { readonly file: string; readonly owner: string }): ParsedDispatching {
  const yaml = parseYamlDocument(text, { file, begin: 'Start with `outbound:` or `inbound:` rules.' })
  if (!yaml.ok) return { ok: false, faults: yaml.faults.sort(byPlace) }
  const { document } = yaml
  const shape = dispatchingShape.safeParse(document.value)
  // Rules are checked on whatever is well formed, so that one wrong type does not hide the rest.
  const { faults, warnings } = checkRules(document, owner)
  const all = [...(shape.success ? [] : shapeFaults(shape.error.issues, { document, words: dispatchingWords })), ...faults]
  if (!shape.success || all.length > 0) return { ok: false, faults: all.sort(byPlace) }
  const config = normalise(shape.data, { document, file, owner })
  const unique = dropDuplicates(config)
  return { ok: true, config: unique.config, warnings: [...warnings, ...unique.warnings].sort(byPlace) }
}

import { byPlace, type Fault } from '@switchyard/core'
import { parseYamlDocument, shapeFaults, type YamlDocument } from '@switchyard/core/config'
import { parseSelector } from '../select/selector.ts'
import type { PermissionRule, SwitchyardConfig } from './rules.ts'
import { checkAccepts, checkCommands, checkSelectors } from './config-rules.ts'
import { switchyardShape, type SwitchyardShape } from './shape.ts'
import { switchyardWords } from './words.ts'

export interface ConfigWanted {
  /** The path that faults name. */
  readonly file: string
  /** Bare repository names belong to this owner. */
  readonly owner: string
  /** Names of the commands that the reader knows (`release archive`). Other families are left to those who know them. */
  readonly commands: readonly string[]
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: SwitchyardConfig }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Reads the text of a `.github/switchyard.yml`. Never throws; everything wrong is told at once, from the file's top to its
 * end. A file with faults gives no rules at all: whoever reads it must refuse, never fall back to the defaults.
 */
export function parseSwitchyardConfig(text: string, { file, owner, commands }: ConfigWanted): ParsedConfig {
  const yaml = parseYamlDocument(text, { file, begin: 'Start with `commands:` or `accepts:`.' })
  if (!yaml.ok) return { ok: false, faults: yaml.faults.sort(byPlace) }
  const { document } = yaml
  const shape = switchyardShape.safeParse(document.value)
  const found = [...checkCommands(document.value, commands), ...checkSelectors(document.value), ...checkAccepts(document.value)]
  const faults = found.map(({ path, code, message, hint }): Fault => ({
    code,
    message,
    hint,
    place: document.placeOf(path),
    severity: 'error',
  }))
  const all = [...(shape.success ? [] : shapeFaults(shape.error.issues, { document, words: switchyardWords })), ...faults]
  if (!shape.success || all.length > 0) return { ok: false, faults: all.sort(byPlace) }
  return { ok: true, config: { rules: rulesOf(shape.data, document), accepts: acceptsOf(shape.data, owner) } }
}

function rulesOf({ commands = [] }: SwitchyardShape, document: YamlDocument): readonly PermissionRule[] {
  return commands.map(({ command, selectors, role }, index) => ({
    place: document.placeOf(['commands', index]),
    command,
    role,
    selectors: selectors?.flatMap((text) => {
      const parsed = parseSelector(text)
      return parsed.ok ? [parsed.selector] : []
    }),
  }))
}

function acceptsOf({ accepts = [] }: SwitchyardShape, owner: string): readonly string[] {
  return accepts.map((name) => (name.includes('/') ? name : `${owner}/${name}`).toLowerCase())
}

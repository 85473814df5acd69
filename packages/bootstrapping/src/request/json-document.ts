import { type Fault, withoutBom } from '@switchyard/core'
import { parseYamlDocument, type YamlDocument } from '@switchyard/core/config'

export type ParsedJson = { readonly ok: true; readonly document: YamlDocument } | { readonly ok: false; readonly faults: readonly Fault[] }

/** JSON text with the places of its values. YAML reads nearly all JSON, and tells of keys that stand twice, which `JSON.parse` does not. */
export function parseJsonDocument(text: string, { file, begin }: { readonly file: string; readonly begin: string }): ParsedJson {
  const yaml = parseYamlDocument(text, { file, begin })
  let value: unknown
  try {
    value = JSON.parse(withoutBom(text))
  } catch {
    if (!yaml.ok && yaml.faults.some(({ code }) => code === 'file-too-large' || code === 'empty-file')) return yaml
    const place = (!yaml.ok && yaml.faults[0]?.place) || { file, line: 1, column: 1 }
    return {
      ok: false,
      faults: [
        {
          code: 'not-json',
          message: 'This is not JSON.',
          hint: `${begin} Quotes, commas and brackets must be as JSON asks.`,
          place,
          severity: 'error',
        },
      ],
    }
  }
  if (yaml.ok) return { ok: true, document: { ...yaml.document, value } }
  // What only YAML refuses (a tab as indentation) is sound JSON: it is read without places.
  const told = yaml.faults.filter(({ code }) => ['duplicate-key', 'file-too-large', 'not-a-mapping', 'empty-file'].includes(code))
  return told.length > 0 ? { ok: false, faults: told } : { ok: true, document: withoutPlaces(value, file) }
}

function withoutPlaces(value: unknown, file: string): YamlDocument {
  const top = () => ({ file, line: 1, column: 1 })
  return { value, placeOf: top, keyPlaceOf: top, placeInText: top, sourceOf: () => undefined }
}

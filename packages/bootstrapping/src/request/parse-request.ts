import { byPlace, type Fault, isJsonObject, type JsonObject } from '@switchyard/core'
import { type Explained, type Issue, shapeFaults, type ShapeWords, type YamlDocument } from '@switchyard/core/config'
import { findTagFault } from '../catalogue/rules.ts'
import { explainFormat } from '../catalogue/words.ts'
import { parseJsonDocument } from './json-document.ts'
import type { BootstrapRequest, Receipt } from './request.ts'
import { RECEIPT_KEYS, requestShape, type RequestShape } from './shape.ts'

export type ParsedRequest =
  | { readonly ok: true; readonly request: BootstrapRequest | Receipt }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Reads a `bootstrap.json`: its text, or JSON that was parsed already. `file` is the path that faults name. Never throws; everything
 * wrong is told at once. A file with any key of a receipt must have them all, and is returned as a `Receipt`.
 */
export function parseRequest(source: string | JsonObject, { file }: { readonly file: string }): ParsedRequest {
  const text = typeof source === 'string' ? source : JSON.stringify(source, undefined, 2)
  const json = parseJsonDocument(text, { file, begin: 'Write `{ "repo_owner": …, "repo_slug": … }`.' })
  if (!json.ok) return json
  const { document } = json
  const shape = requestShape.safeParse(document.value)
  const shapes = shape.success ? [] : shapeFaults(shape.error.issues, { document, words: requestWords(document.value) })
  const faults = [...shapes, ...checkReceipt(document), ...checkHiddenKeys(document)].sort(byPlace)
  if (!shape.success || faults.length > 0) return { ok: false, faults }
  return { ok: true, request: toRequest(shape.data) }
}

export function requestWords(value: unknown): ShapeWords {
  return {
    keys: { '': Object.keys(requestShape.shape) },
    explain: (issue, what) => explainKey(issue) ?? explainFormat(issue, { what, value }),
  }
}

function explainKey({ code, path }: Issue): Explained | undefined {
  if (code !== 'invalid_key') return undefined
  const message = `${JSON.stringify(String(path.at(-1)).slice(0, 64))} is not a category’s slug.`
  return { code: 'bad-slug', message, hint: 'Name categories as the catalogue does.' }
}

function checkReceipt({ value, placeOf, keyPlaceOf }: YamlDocument): readonly Fault[] {
  if (!isJsonObject(value)) return []
  const found: Fault[] = []
  const missing = RECEIPT_KEYS.filter((key) => !Object.hasOwn(value, key))
  const first = RECEIPT_KEYS.find((key) => Object.hasOwn(value, key))
  if (first !== undefined && missing.length > 0) {
    const message = `\`${first}\` belongs to a receipt, which needs ${missing.map((key) => `\`${key}\``).join(', ')} too.`
    const hint = 'Take the receipt as it was written, or delete these keys to make it a request.'
    found.push({ code: 'receipt-incomplete', message, hint, place: keyPlaceOf([first]), severity: 'error' })
  }
  const tag = value.template_version
  const fault = typeof tag === 'string' && tag !== '' ? findTagFault(tag) : undefined
  if (fault !== undefined) {
    const message = `\`template_version\` is not a tag’s name: ${fault}.`
    found.push({
      code: 'bad-tag',
      message,
      hint: 'Take the receipt as it was written.',
      place: placeOf(['template_version']),
      severity: 'error',
    })
  }
  return found
}

/** A shape never sees a key named `__proto__`. */
function checkHiddenKeys({ value, keyPlaceOf }: YamlDocument): readonly Fault[] {
  const selected = isJsonObject(value) ? value.selected_options : undefined
  if (!isJsonObject(selected) || !Object.hasOwn(selected, '__proto__')) return []
  const place = keyPlaceOf(['selected_options', '__proto__'])
  return [
    {
      code: 'bad-slug',
      message: '"__proto__" is not a category’s slug.',
      hint: 'Name categories as the catalogue does.',
      place,
      severity: 'error',
    },
  ]
}

function toRequest(shape: RequestShape): BootstrapRequest | Receipt {
  const { repo_owner, repo_slug, visibility, selected_options } = shape
  const request: BootstrapRequest = { repo_owner, repo_slug, visibility, selected_options }
  const { template_repo, template_version, template_source_sha, catalog_version, recipe_hash, action_schema_version, generated_at } = shape
  if (template_repo === undefined || template_version === undefined || template_source_sha === undefined || catalog_version === undefined) {
    return request
  }
  if (recipe_hash === undefined || action_schema_version === undefined || generated_at === undefined) return request
  return {
    ...request,
    template_repo,
    template_version,
    template_source_sha,
    catalog_version,
    recipe_hash,
    action_schema_version,
    generated_at,
  }
}

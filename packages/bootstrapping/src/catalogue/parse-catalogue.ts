import { byPlace, type Fault, isJsonObject } from '@switchyard/core'
import { type Finding, parseYamlDocument, shapeFaults, type YamlDocument } from '@switchyard/core/config'
import type { Catalogue } from '../model.ts'
import type { CatalogueAction } from './action-shapes.ts'
import { MAX_CATALOGUE_LENGTH, MAX_FAULTS, MAX_OPTIONS } from './limits.ts'
import { normalise } from './normalise.ts'
import { checkCatalogue } from './rules.ts'
import { catalogueShape } from './shape.ts'
import { catalogueWords } from './words.ts'

export type ParsedCatalogue =
  | { readonly ok: true; readonly catalogue: Catalogue<CatalogueAction>; readonly warnings: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Reads the text of a `catalog.yml`; `file` is the path that faults name. Never throws; everything wrong is told at once, from the
 * file's top to its end, up to `MAX_FAULTS`. A file with more than `MAX_OPTIONS` options is refused before anything else is looked at.
 */
export function parseCatalogue(text: string, { file }: { readonly file: string }): ParsedCatalogue {
  const yaml = parseYamlDocument(text, { file, begin: 'Start with `template:` and `categories:`.', maxLength: MAX_CATALOGUE_LENGTH })
  if (!yaml.ok) return { ok: false, faults: yaml.faults.sort(byPlace) }
  const { document } = yaml
  const crowd = findCrowd(document.value)
  if (crowd) return { ok: false, faults: [toFault(crowd, document)] }
  const shape = catalogueShape.safeParse(document.value)
  const issues = (shape.success ? [] : shape.error.issues).slice(0, MAX_FAULTS)
  const shapes = issues.flatMap((issue) => shapeFaults([issue], { document, words: catalogueWords(document, issue) }))
  // Rules are checked on whatever is well formed, so that one wrong type does not hide the rest.
  const findings = checkCatalogue(document.value)
  const told = (found: readonly Finding[]): Fault[] => found.slice(0, MAX_FAULTS).map((finding) => toFault(finding, document))
  const rules = told(findings.filter(({ warning }) => !warning))
  const faults = [...shapes, ...rules].sort(byPlace).slice(0, MAX_FAULTS)
  if (!shape.success || faults.length > 0) return { ok: false, faults }
  return { ok: true, catalogue: normalise(shape.data), warnings: told(findings.filter(({ warning }) => warning)).sort(byPlace) }
}

function findCrowd(value: unknown): Finding | undefined {
  const categories = isJsonObject(value) && Array.isArray(value.categories) ? value.categories : []
  const count = categories.reduce((sum: number, category: unknown) => sum + countOptions(category), 0)
  if (count <= MAX_OPTIONS) return undefined
  const message = `The catalogue has ${count} options; ${MAX_OPTIONS} are allowed.`
  return {
    path: ['categories'],
    code: 'TOO_MANY_OPTIONS',
    message,
    hint: 'Delete options that no repository uses, or keep two catalogues.',
  }
}

/** A category counts for one at the least: so there are never more categories than options allowed. */
function countOptions(category: unknown): number {
  return isJsonObject(category) && Array.isArray(category.options) ? Math.max(1, category.options.length) : 1
}

function toFault({ path, code, message, hint, offset, warning }: Finding, document: YamlDocument): Fault {
  return {
    code,
    message,
    hint,
    place: offset === undefined ? document.placeOf(path) : document.placeInText(path, offset),
    severity: warning ? 'warning' : 'error',
  }
}

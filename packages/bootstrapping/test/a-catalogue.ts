import type { CatalogueAction } from '../src/catalogue/index.ts'
import { parseCatalogue } from '../src/catalogue/index.ts'
import type { Catalogue } from '../src/index.ts'

type Loose = Readonly<Record<string, unknown>>

export function category(slug: string, options: readonly Loose[], more: Loose = {}): Loose {
  return { slug, selection_type: 'MULTI', display_order: 0, options, ...more }
}

export function option(slug: string, actions: readonly Loose[] = [], more: Loose = {}): Loose {
  return { slug, display_order: 0, actions, ...more }
}

/** An action that can be told from others by its path. */
export function remove(path: string, more: Loose = {}): Loose {
  return { kind: 'DELETE_FILE', params: { path }, execution_order: 0, ...more }
}

/** A catalogue's text; JSON is YAML. */
export function catalogueText(categories: readonly Loose[], more: Loose = {}): string {
  return JSON.stringify({ template: { repository: 'acme/template', version: 'v1' }, ...more, categories })
}

export function catalogueOf(...categories: readonly Loose[]): Catalogue<CatalogueAction> {
  const parsed = parseCatalogue(catalogueText(categories), { file: 'catalog.yml' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.catalogue
}

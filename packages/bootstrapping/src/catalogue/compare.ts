import { canonicalJson } from '@switchyard/core'
import type { Catalogue, Category, Option, RepositoryPlan, Selections, TemplateRef } from '../model.ts'
import { resolveActions } from '../resolve/resolve-recipe.ts'
import type { CatalogueAction } from './action-shapes.ts'
import { catalogVersion, recipeHash } from './hashes.ts'

type Whole = Catalogue<CatalogueAction>

export interface OptionRef {
  readonly category: string
  readonly option: string
}

/** What choosing one option alone, with the other categories' defaults, makes before and after. */
export interface RecipeChange extends OptionRef {
  /** Undefined where the option is not there, or makes no recipe. */
  readonly old: string | undefined
  readonly new: string | undefined
  readonly changed: boolean
}

export interface CatalogueComparison {
  readonly catalog_version: { readonly old: string; readonly new: string }
  readonly template: { readonly old: TemplateRef; readonly new: TemplateRef }
  readonly added: readonly OptionRef[]
  readonly removed: readonly OptionRef[]
  /** In both, but not the same in all that they say, labels included. */
  readonly changed: readonly OptionRef[]
  /** For every option of either, in the new catalogue's order, those that are gone at the end. */
  readonly recipes: readonly RecipeChange[]
}

/** The repository that `if` sees where no repository is meant. */
export const SAMPLE: RepositoryPlan = { owner: 'owner', name: 'repository', visibility: 'private' }

/** What a change of the catalogue does, for its review. */
export function compareCatalogues(old: Whole, now: Whole): CatalogueComparison {
  const before = optionsOf(old)
  const after = optionsOf(now)
  const removed = [...before].filter(([key]) => !after.has(key))
  const recipes = [...after, ...removed].map(([key, { ref }]): RecipeChange => {
    const hashes = { old: before.has(key) ? hashAlone(old, ref) : undefined, new: after.has(key) ? hashAlone(now, ref) : undefined }
    return { ...ref, ...hashes, changed: hashes.old !== hashes.new }
  })
  const refs = (found: readonly [string, Found][]): readonly OptionRef[] => found.map(([, { ref }]) => ref)
  return {
    catalog_version: { old: catalogVersion(old), new: catalogVersion(now) },
    template: { old: old.template, new: now.template },
    added: refs([...after].filter(([key]) => !before.has(key))),
    removed: refs(removed),
    changed: refs([...after].filter(([key, { text }]) => before.has(key) && before.get(key)?.text !== text)),
    recipes,
  }
}

interface Found {
  readonly ref: OptionRef
  readonly text: string
}

function optionsOf({ categories }: Whole): ReadonlyMap<string, Found> {
  return new Map(
    categories.flatMap(({ slug, options }) =>
      options.map(
        (option) => [`${slug}/${option.slug}`, { ref: { category: slug, option: option.slug }, text: canonicalJson(option) }] as const,
      ),
    ),
  )
}

/** Archived options count: repositories that have them are updated. */
function hashAlone(catalogue: Whole, ref: OptionRef): string | undefined {
  const resolved = resolveActions(catalogue, { selected: selectAlone(catalogue, ref), repo: SAMPLE, purpose: 'update' })
  return resolved.ok ? recipeHash(resolved.actions) : undefined
}

/** One option by itself, with what is likely chosen in the other categories. */
export function selectAlone(catalogue: Whole, { category, option }: OptionRef): Selections {
  const others = catalogue.categories.filter(({ slug }) => slug !== category).map((each) => [each.slug, likelyOptions(each)] as const)
  return Object.fromEntries([...others, [category, [option]] as const])
}

/** The defaults; where one must be chosen and none is the default, the first that is offered. */
function likelyOptions({ options, is_required }: Category<CatalogueAction>): readonly string[] {
  const isOffered = ({ enabled, archived }: Option<CatalogueAction>): boolean => enabled && !archived
  const defaults = options.filter(({ is_default }) => is_default)
  return (defaults.length > 0 || !is_required ? defaults : options.filter(isOffered).slice(0, 1)).map(({ slug }) => slug)
}

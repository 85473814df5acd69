import { findPlaces, resolveRecipe, SAMPLE, selectAlone } from '@switchyard/bootstrapping/catalogue'
import { applyRecipe } from '@switchyard/bootstrapping/recipe'
import { type Place, UserError } from '@switchyard/core'
import type { Template } from '@switchyard/workspace'
import type { Catalogue } from './catalogue.ts'
import type { Door } from './door.ts'
import { readTemplateAt } from './template.ts'

/** Something that the catalogue says and the template does not allow. */
export interface Misfit {
  /** `category/option`, or `template`. */
  readonly what: string
  readonly message: string
  readonly place: Place
}

export interface Tried {
  readonly misfits: readonly Misfit[]
  /** How many options were tried. */
  readonly tried: number
}

/** Each option by itself on the template, the other categories with their defaults. Disabled ones are nobody's; archived ones are updated still. */
export async function tryOptions(
  door: Door,
  { catalogue, text, file }: { readonly catalogue: Catalogue; readonly text: string; readonly file: string },
): Promise<Tried> {
  const places = findPlaces(text, { file })
  try {
    const template = await readTemplateAt(door, catalogue.template)
    const options = catalogue.categories
      .flatMap((category) => category.options.map((option) => ({ category: category.slug, ...option })))
      .filter(({ enabled }) => enabled)
    const misfits: Misfit[] = []
    for (const { category, slug, archived } of options) {
      const message = await tryOne({ catalogue, template }, { category, slug, archived })
      if (message !== undefined) misfits.push({ what: `${category}/${slug}`, message, place: places.option({ category, option: slug }) })
    }
    return { misfits, tried: options.length }
  } catch (error) {
    // Versions and hashes are told all the same.
    if (!(error instanceof UserError)) throw error
    return {
      misfits: [
        { what: 'template', message: [error.message, error.hint].filter((part) => part !== undefined).join('. '), place: places.template },
      ],
      tried: 0,
    }
  }
}

interface Ground {
  readonly catalogue: Catalogue
  readonly template: Template
}

/** Why the option does not apply; undefined when it does. */
async function tryOne(
  { catalogue, template }: Ground,
  { category, slug, archived }: { readonly category: string; readonly slug: string; readonly archived: boolean },
): Promise<string | undefined> {
  const selected = selectAlone(catalogue, { category, option: slug })
  const resolved = resolveRecipe(catalogue, { selected, repo: SAMPLE, purpose: archived ? 'update' : 'create' })
  if (!resolved.ok) return resolved.refusals.map(({ message }) => message).join(' ')
  const { selections, actions } = resolved.recipe
  const scene = {
    repo: SAMPLE,
    selections,
    template: { ...catalogue.template, commit: template.commit, committedAt: template.committedAt },
  }
  const applied = await applyRecipe(template.tree, actions, { scene })
  return applied.ok ? undefined : [applied.fault.message, applied.fault.hint].filter((part) => part !== undefined).join(' ')
}

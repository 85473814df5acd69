import { findNearest } from '@switchyard/core'
import { quote } from '../catalogue/quote.ts'
import type { Catalogue, Category, Option, Selections } from '../model.ts'
import type { ResolveRefusal, ResolveRefusalCode } from './refusal.ts'

/** What the recipe is for: only what makes a new repository is held to today's offer. */
export const PURPOSES = ['create', 'drift', 'update', 'retry'] as const
export type Purpose = (typeof PURPOSES)[number]

export interface Chosen<Action> {
  readonly category: Category<Action>
  readonly options: readonly Option<Action>[]
}

export interface Choice<Action> {
  readonly chosen: readonly Chosen<Action>[]
  readonly refusals: readonly ResolveRefusal[]
}

/** The options that selections choose, category by category in the catalogue's order; all that is wrong with them at once. */
export function chooseOptions<Action>(
  catalogue: Catalogue<Action>,
  { selected, purpose }: { readonly selected: Selections; readonly purpose: Purpose },
): Choice<Action> {
  const slugs = catalogue.categories.map(({ slug }) => slug)
  const unknown = Object.keys(selected)
    .filter((slug) => !slugs.includes(slug))
    .map((slug) => refuse('UNKNOWN_CATEGORY', `The catalogue has no category ${quote(slug)}.`, didYouMean(slug, slugs)))
  const each = catalogue.categories.map((category) => chooseInCategory(category, { wanted: wantedIn(selected, category), purpose }))
  return { chosen: each.map(({ chosen }) => chosen), refusals: [...unknown, ...each.flatMap(({ refusals }) => refusals)] }
}

/** A category that is not named takes its defaults; one that is named with an empty list takes none. */
function wantedIn<Action>(selected: Selections, { slug, options }: Category<Action>): readonly string[] {
  const named = Object.hasOwn(selected, slug) ? selected[slug] : undefined
  return named ?? options.filter(({ is_default }) => is_default).map((option) => option.slug)
}

function chooseInCategory<Action>(
  category: Category<Action>,
  { wanted, purpose }: { readonly wanted: readonly string[]; readonly purpose: Purpose },
): { readonly chosen: Chosen<Action>; readonly refusals: readonly ResolveRefusal[] } {
  const { slug, options: offered } = category
  const slugs = offered.map((option) => option.slug)
  const unknown = [...new Set(wanted)]
    .filter((name) => !slugs.includes(name))
    .map((name) => refuse('UNKNOWN_OPTION', `\`${slug}\` has no option ${quote(name)}.`, didYouMean(name, slugs)))
  const options = offered.filter((option) => wanted.includes(option.slug))
  const notOffered = options.flatMap((option) => findNotOffered(category, option, purpose))
  const count = checkCount(category, { chosen: options.length, named: new Set(wanted).size })
  return { chosen: { category, options }, refusals: [...unknown, ...notOffered, ...count] }
}

function findNotOffered<Action>({ slug }: Category<Action>, option: Option<Action>, purpose: Purpose): readonly ResolveRefusal[] {
  const name = `\`${option.slug}\` of \`${slug}\``
  if (!option.enabled) {
    return [refuse('OPTION_DISABLED', `${name} is disabled in the catalogue.`, 'Choose another option, or enable it there.')]
  }
  if (!option.archived || purpose !== 'create') return []
  return [refuse('OPTION_ARCHIVED', `${name} is archived: new repositories cannot have it.`, 'Choose another option.')]
}

function checkCount<Action>(
  category: Category<Action>,
  { chosen, named }: { readonly chosen: number; readonly named: number },
): readonly ResolveRefusal[] {
  const { slug, selection_type, is_required, options } = category
  if (selection_type === 'SINGLE' && named > 1) {
    return [refuse('TOO_MANY_SELECTED', `\`${slug}\` takes one option; ${named} are chosen.`, 'Keep one of them.')]
  }
  // A misspelt option is told as such, not as a missing one.
  if (!is_required || chosen > 0 || named > 0) return []
  const offered = options.filter(({ enabled, archived }) => enabled && !archived).map((option) => `\`${option.slug}\``)
  return [
    refuse(
      'SELECTION_REQUIRED',
      `\`${slug}\` needs an option.`,
      `Choose ${selection_type === 'SINGLE' ? 'one' : 'at least one'} of ${offered.join(', ')}.`,
    ),
  ]
}

function refuse(code: ResolveRefusalCode, message: string, hint: string): ResolveRefusal {
  return { code, message, hint }
}

function didYouMean(word: string, known: readonly string[]): string {
  const near = findNearest(word, known)
  if (near !== undefined) return `Did you mean \`${near}\`?`
  return `It has ${known
    .slice(0, 20)
    .map((name) => `\`${name}\``)
    .join(', ')}${known.length > 20 ? ' and others' : ''}.`
}

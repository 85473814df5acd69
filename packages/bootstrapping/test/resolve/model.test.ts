import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PURPOSES, resolveRecipe } from '../../src/catalogue/index.ts'
import type { Catalogue } from '../../src/index.ts'
import { catalogueOf, category, option, remove } from '../a-catalogue.ts'

interface OptionModel {
  readonly slug: string
  readonly is_default: boolean
  readonly enabled: boolean
  readonly archived: boolean
  readonly display_order: number
  readonly orders: readonly number[]
}

interface CategoryModel {
  readonly slug: string
  readonly single: boolean
  readonly is_required: boolean
  readonly display_order: number
  readonly options: readonly OptionModel[]
}

const slugs = ['a', 'b', 'a-b', 'a0', 'constructor', '1', '10', '2']
const small = fc.integer({ min: -1, max: 1 })
const optionModel = fc.record({
  slug: fc.constantFrom(...slugs),
  is_default: fc.boolean(),
  enabled: fc.boolean(),
  archived: fc.boolean(),
  display_order: small,
  orders: fc.array(small, { maxLength: 3 }),
})
const categoryModel = fc.record({
  slug: fc.constantFrom(...slugs),
  single: fc.boolean(),
  is_required: fc.boolean(),
  display_order: small,
  options: fc.uniqueArray(optionModel, { minLength: 1, maxLength: 4, selector: ({ slug }) => slug }),
})

/** Mends what a catalogue's own rules refuse, so that every model is a catalogue. */
function mended(model: CategoryModel): CategoryModel {
  const options = model.options.map((each) => ({ ...each, is_default: each.is_default && each.enabled && !each.archived }))
  const first = options.find(({ is_default }) => is_default)
  return {
    ...model,
    options: options.map((each) => ({ ...each, is_default: each.is_default && (!model.single || each === first) })),
    is_required: model.is_required && options.some(({ enabled, archived }) => enabled && !archived),
  }
}

function toCatalogue(
  models: readonly CategoryModel[],
): Catalogue<Parameters<typeof resolveRecipe>[0]['categories'][number]['options'][number]['actions'][number]> {
  return catalogueOf(
    ...models.map(({ slug, single, options, ...rest }) =>
      category(
        slug,
        options.map(({ orders, ...each }) =>
          option(
            each.slug,
            orders.map((execution_order, at) => remove(`${slug}/${each.slug}/${at}`, { execution_order })),
            each,
          ),
        ),
        { ...rest, selection_type: single ? 'SINGLE' : 'MULTI' },
      ),
    ),
  )
}

/** The rules again, as plainly as they can be written: paths of the recipe in order, or undefined for a refusal. */
function expected(
  models: readonly CategoryModel[],
  asked: ReadonlyMap<string, readonly string[]>,
  mayBeArchived: boolean,
): readonly string[] | undefined {
  if ([...asked.keys()].some((slug) => !models.some((model) => model.slug === slug))) return undefined
  const rows: (readonly [number, number, string, number, string, number])[] = []
  for (const model of models) {
    const wanted = new Set(asked.get(model.slug) ?? model.options.filter(({ is_default }) => is_default).map(({ slug }) => slug))
    if (model.single && wanted.size > 1) return undefined
    if (model.is_required && wanted.size === 0) return undefined
    for (const slug of wanted) {
      const found = model.options.find((each) => each.slug === slug)
      if (!found?.enabled || (found.archived && !mayBeArchived)) return undefined
      for (const [at, order] of found.orders.entries()) rows.push([order, model.display_order, model.slug, found.display_order, slug, at])
    }
  }
  rows.sort((left, right) => {
    for (const [index, value] of left.entries()) {
      const other = right[index] ?? 0
      if (value !== other) return value < other ? -1 : 1
    }
    return 0
  })
  // Of one option, actions run by order and then by place; their place is where the file has them.
  return rows.map(([, , name, , slug, at]) => `${name}/${slug}/${at}`)
}

it('a recipe is what the rules say, for any catalogue and any selections', () => {
  const asked = fc.uniqueArray(fc.tuple(fc.constantFrom(...slugs, 'nothing'), fc.array(fc.constantFrom(...slugs), { maxLength: 3 })), {
    maxLength: 3,
    selector: ([slug]) => slug,
  })
  const models = fc.uniqueArray(categoryModel, { minLength: 1, maxLength: 4, selector: ({ slug }) => slug }).map((all) => all.map(mended))
  let sound = 0
  fc.assert(
    fc.property(models, asked, fc.constantFrom(...PURPOSES), (all, wanted, purpose) => {
      const catalogue = toCatalogue(all)
      const question = { selected: Object.fromEntries(wanted), repo: { owner: 'o', name: 'r', visibility: 'public' }, purpose } as const
      const resolved = resolveRecipe(catalogue, question)
      const paths = resolved.ok ? resolved.recipe.actions.map(({ params }) => ('path' in params ? params.path : '')) : undefined
      expect(paths).toEqual(expected(all, new Map(wanted), purpose !== 'create'))
      if (!resolved.ok) return
      sound += 1
      // A receipt that is fed back as a request asks for the same recipe.
      expect(resolveRecipe(catalogue, { ...question, selected: resolved.recipe.selections })).toEqual(resolved)
    }),
    { numRuns: 600 },
  )
  expect(sound).toBeGreaterThan(50)
})

import { expect, it } from 'vitest'
import { catalogVersion, compareCatalogues, resolveRecipe } from '../../src/catalogue/index.ts'
import { catalogueOf, category, option, remove } from '../a-catalogue.ts'

const auth = (path: string) =>
  category('auth', [option('sessions', [remove(path)], { is_default: true }), option('tokens', [remove('t')])], {
    selection_type: 'SINGLE',
    is_required: true,
  })
const old = catalogueOf(auth('x'), category('extras', [option('docs', [remove('d')]), option('gone', [remove('g')])], { display_order: 1 }))

it('a catalogue compared with itself shows no change', () => {
  const { catalog_version, added, removed, changed, recipes } = compareCatalogues(old, old)
  expect(catalog_version).toEqual({ old: catalogVersion(old), new: catalogVersion(old) })
  expect([added, removed, changed]).toEqual([[], [], []])
  expect(recipes.map(({ changed: each }) => each)).toEqual([false, false, false, false])
})

it('tells what came, went and changed, and which recipes that touches', () => {
  const now = catalogueOf(
    auth('y'),
    category('extras', [option('docs', [remove('d')], { label: 'Docs' }), option('new', [remove('n')])], { display_order: 1 }),
  )
  const compared = compareCatalogues(old, now)
  const ref = (name: string, slug: string) => ({ category: name, option: slug })
  expect(compared.added).toEqual([ref('extras', 'new')])
  expect(compared.removed).toEqual([ref('extras', 'gone')])
  expect(compared.changed).toEqual([ref('auth', 'sessions'), ref('extras', 'docs')])
  expect(compared.recipes.map((each) => [each.option, each.old !== undefined, each.new !== undefined, each.changed])).toEqual([
    ['sessions', true, true, true],
    ['tokens', true, true, false],
    // The default of `auth` changed under them.
    ['docs', true, true, true],
    ['new', false, true, true],
    ['gone', true, false, true],
  ])
})

it('each hash is that of the option with the other categories’ defaults', () => {
  const repo = { owner: 'owner', name: 'repository', visibility: 'private' } as const
  const resolved = resolveRecipe(old, { selected: { extras: ['docs'] }, repo, purpose: 'create' })
  const told = compareCatalogues(old, old).recipes.find(({ option: slug }) => slug === 'docs')
  expect(resolved.ok && resolved.recipe.recipe_hash).toBe(told?.new)
})

it('archived options are compared, disabled ones make no recipe, and a required category without a default takes its first offer', () => {
  const catalogue = catalogueOf(
    category('a', [option('off', [], { enabled: false }), option('old', [remove('o')], { archived: true }), option('on', [remove('p')])], {
      is_required: true,
    }),
    category('b', [option('c')], { display_order: 1 }),
  )
  expect(compareCatalogues(catalogue, catalogue).recipes.map(({ option: slug, new: hash }) => [slug, hash !== undefined])).toEqual([
    ['off', false],
    ['old', true],
    ['on', true],
    ['c', true],
  ])
})

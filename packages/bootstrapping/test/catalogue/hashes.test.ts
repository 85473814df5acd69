import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { catalogVersion, parseCatalogue, recipeHash } from '../../src/catalogue/index.ts'
import vectors from '../../src/catalogue/hash-vectors.json' with { type: 'json' }
import { catalogueText, category, option, remove } from '../a-catalogue.ts'

function versionOf(text: string): string {
  const parsed = parseCatalogue(text, { file: 'f.yml' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return catalogVersion(parsed.catalogue)
}

describe('the vectors', () => {
  it.each(vectors.catalogues)('catalog_version: $name', ({ file, catalog_version }) => {
    expect(versionOf(JSON.stringify(file))).toBe(catalog_version)
  })

  it.each(vectors.recipes)('recipe_hash: $name', ({ actions, recipe_hash }) => {
    expect(recipeHash(actions as Parameters<typeof recipeHash>[0])).toBe(recipe_hash)
  })
})

const base = {
  category: { selection_type: 'MULTI', display_order: 1, is_required: false, label: 'A', description: 'a' },
  option: { is_default: false, enabled: true, archived: false, display_order: 1, label: 'B', description: 'b' },
  action: {
    kind: 'DELETE_FILE',
    params: { path: 'x' },
    execution_order: 1,
    supports_dry_run: true,
    side_effects: ['FILESYSTEM', 'NETWORK'],
    risk_level: 'LOW',
    requires_role: 'ANY',
  },
}
type Part = keyof typeof base
const text = (part?: Part, change: object = {}): string => {
  const merged = (name: Part): Record<string, unknown> => ({ ...base[name], ...(name === part ? change : {}) })
  return catalogueText([category('a', [option('b', [merged('action')], merged('option')), option('c')], merged('category'))])
}

describe('catalog_version', () => {
  const CHANGES: readonly (readonly [Part, object])[] = [
    ['category', { slug: 'other' }],
    ['category', { selection_type: 'SINGLE' }],
    ['category', { is_required: true }],
    ['category', { display_order: 2 }],
    ['option', { slug: 'other' }],
    ['option', { is_default: true }],
    ['option', { enabled: false }],
    ['option', { archived: true }],
    ['option', { display_order: 2 }],
    ['option', { actions: [] }],
    ['action', { kind: 'RENDER_FILE' }],
    ['action', { params: { path: 'y' } }],
    ['action', { execution_order: 2 }],
    ['action', { supports_dry_run: false }],
    ['action', { side_effects: ['FILESYSTEM'] }],
    ['action', { risk_level: 'MEDIUM' }],
    ['action', { requires_role: 'ADMIN' }],
    ['action', { if: 'true' }],
  ]
  it.each(CHANGES)('changes with the %s: %j', (part, change) => {
    expect(versionOf(text(part, change))).not.toBe(versionOf(text()))
  })

  const SAME: readonly (readonly [Part, object])[] = [
    ['category', { label: 'Other' }],
    ['category', { description: 'other' }],
    ['option', { label: 'Other' }],
    ['option', { description: '' }],
    ['action', { side_effects: ['NETWORK', 'FILESYSTEM', 'NETWORK'] }],
  ]
  it.each(SAME)('does not change with the %s: %j', (part, change) => {
    expect(versionOf(text(part, change))).toBe(versionOf(text()))
  })

  it('does not depend on whether a default is written out', () => {
    const bare = catalogueText([category('a', [option('b', [remove('x')])])])
    const full = catalogueText([
      category(
        'a',
        [
          option('b', [remove('x', { supports_dry_run: true, side_effects: ['FILESYSTEM'], risk_level: 'LOW', requires_role: 'ANY' })], {
            enabled: true,
          }),
        ],
        {
          is_required: false,
        },
      ),
    ])
    expect(versionOf(full)).toBe(versionOf(bare))
  })

  it('does not depend on the order of the file’s text', () => {
    const slugs = ['a', 'b', 'a-b', 'a0', 'b2', 'constructor', '1', '10', '2']
    const orders = fc.infiniteStream(fc.integer({ min: 0, max: 2 }))
    fc.assert(
      fc.property(fc.subarray(slugs, { minLength: 2 }), fc.gen(), orders, (chosen, gen, stream) => {
        const order = (): number => Number(stream.next().value)
        const actions = [0, 1, 2].map((at) => remove(`f${at}`, { execution_order: at }))
        const parts = chosen.map((slug) => ({ slug, display: order(), options: chosen.map((name) => ({ name, display: order() })) }))
        const shuffled = <T>(items: readonly T[]): T[] => gen(fc.shuffledSubarray, [...items], { minLength: items.length })
        const keys = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
          Object.fromEntries(shuffled(Object.entries(value)))
        const render = (mix: <T>(items: readonly T[]) => readonly T[], turn: typeof keys): string =>
          catalogueText(
            mix(parts).map(({ slug, display, options }) =>
              turn(
                category(
                  slug,
                  mix(options).map((each) => turn(option(each.name, mix(actions).map(turn), { display_order: each.display }))),
                  { display_order: display },
                ),
              ),
            ),
          )
        expect(versionOf(render(shuffled, keys))).toBe(
          versionOf(
            render(
              (items) => items,
              (value) => ({ ...value }),
            ),
          ),
        )
      }),
      { numRuns: 60 },
    )
  })
})

it('asks no locale how names are ordered', () => {
  const asked = vi.spyOn(String.prototype, 'localeCompare')
  versionOf(catalogueText(['zebra', 'aa', 'ch', 'c'].map((slug) => category(slug, [option('x'), option('a')]))))
  expect(asked).not.toHaveBeenCalled()
  asked.mockRestore()
})

describe('recipe_hash', () => {
  const action = { kind: 'DELETE_FILE', execution_order: 1, params: { path: 'x' } } as const

  it.each([[{ ...action, execution_order: 2 }], [{ ...action, params: { path: 'y' } }], [{ ...action, kind: 'RENDER_FILE' as const }]])(
    'changes with %j',
    (changed) => {
      expect(recipeHash([changed])).not.toBe(recipeHash([action]))
    },
  )

  it('depends on what actions do, not on who may run them or where they came from', () => {
    const full = {
      ...action,
      risk_level: 'HIGH',
      requires_role: 'ADMIN',
      side_effects: [],
      supports_dry_run: false,
      if: 'true',
      category: 'a',
      option: 'b',
    } as const
    expect(recipeHash([full])).toBe(recipeHash([action]))
  })

  it('depends on the order of the actions', () => {
    const other = { ...action, params: { path: 'y' } }
    expect(recipeHash([action, other])).not.toBe(recipeHash([other, action]))
  })
})

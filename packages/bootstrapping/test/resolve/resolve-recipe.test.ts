import { describe, expect, it } from 'vitest'
import { catalogVersion, type Purpose, PURPOSES, recipeHash, RESOLVE_REFUSALS, resolveRecipe } from '../../src/catalogue/index.ts'
import type { Selections } from '../../src/index.ts'
import { catalogueOf, category, option, remove } from '../a-catalogue.ts'

const repo = { owner: 'acme', name: 'shop', visibility: 'private' } as const
const many = (count: number) => Array.from({ length: count }, (_, index) => remove(`f${index}`))

const catalogue = catalogueOf(
  category(
    'auth',
    [
      option('sessions', [remove('s')], { is_default: true }),
      option('tokens', [remove('t')]),
      option('ldap', [], { archived: true }),
      option('magic', [], { enabled: false }),
    ],
    {
      selection_type: 'SINGLE',
      is_required: true,
    },
  ),
  category(
    'constructor',
    [option('docs', [remove('d')], { is_default: true }), option('e2e', [remove('e')]), option('soap', [remove('p')], { archived: true })],
    { display_order: 1 },
  ),
  category(
    'big',
    [
      option('half', many(100)),
      option('other-half', many(100)),
      option('more', [remove('m')]),
      option('broken', [remove('b', { if: "fromJSON('{')" })]),
    ],
    {
      display_order: 2,
    },
  ),
)

/** A literal cannot have the key `constructor`: TypeScript takes it for that of every object. */
const addOns = (docs: readonly string[], more: Selections = {}): Selections => ({ ...Object.fromEntries([['constructor', docs]]), ...more })

const ask = (selected: Selections, purpose: Purpose = 'create') => resolveRecipe(catalogue, { selected, repo, purpose })
const chosenBy = (selected: Selections, purpose?: Purpose) => {
  const resolved = ask(selected, purpose)
  return resolved.ok ? resolved.recipe.selections : resolved.refusals
}

describe('selections', () => {
  it('a category that is left out takes its defaults', () => {
    expect(chosenBy({})).toEqual({ auth: ['sessions'], constructor: ['docs'], big: [] })
  })

  it('an empty list takes none', () => {
    expect(chosenBy(addOns([]))).toEqual({ auth: ['sessions'], constructor: [], big: [] })
  })

  it('come back whole, in the catalogue’s order, each option once', () => {
    expect(chosenBy(addOns(['e2e', 'docs', 'e2e'], { big: ['more'], auth: ['tokens', 'tokens'] }))).toEqual({
      auth: ['tokens'],
      constructor: ['docs', 'e2e'],
      big: ['more'],
    })
  })
})

describe('a refusal', () => {
  type Row = readonly [Selections, string, string, string]
  const own = (key: string, value: readonly string[]): Selections => Object.fromEntries([[key, value]])
  const REFUSED: readonly Row[] = [
    [{ aut: ['sessions'] }, 'UNKNOWN_CATEGORY', 'The catalogue has no category `aut`.', 'Did you mean `auth`?'],
    [
      own('__proto__', ['sessions']),
      'UNKNOWN_CATEGORY',
      'The catalogue has no category `__proto__`.',
      'It has `auth`, `constructor`, `big`.',
    ],
    [own('toString', []), 'UNKNOWN_CATEGORY', 'The catalogue has no category `toString`.', 'It has `auth`, `constructor`, `big`.'],
    [{ 'x\n`y`': [] }, 'UNKNOWN_CATEGORY', "The catalogue has no category `x\\n'y'`.", 'It has `auth`, `constructor`, `big`.'],
    [{ auth: ['session'] }, 'UNKNOWN_OPTION', '`auth` has no option `session`.', 'Did you mean `sessions`?'],
    [{ auth: ['sеssions'] }, 'UNKNOWN_OPTION', '`auth` has no option `sеssions`.', 'Did you mean `sessions`?'],
    [{ auth: ['Sessions'] }, 'UNKNOWN_OPTION', '`auth` has no option `Sessions`.', 'Did you mean `sessions`?'],
    [{ auth: [] }, 'SELECTION_REQUIRED', '`auth` needs an option.', 'Choose one of `sessions`, `tokens`.'],
    [{ auth: ['sessions', 'tokens'] }, 'TOO_MANY_SELECTED', '`auth` takes one option; 2 are chosen.', 'Keep one of them.'],
    [
      { auth: ['magic'] },
      'OPTION_DISABLED',
      '`magic` of `auth` is disabled in the catalogue.',
      'Choose another option, or enable it there.',
    ],
    [{ auth: ['ldap'] }, 'OPTION_ARCHIVED', '`ldap` of `auth` is archived: new repositories cannot have it.', 'Choose another option.'],
    [
      { big: ['half', 'other-half'] },
      'TOO_MANY_ACTIONS',
      'The recipe has 202 actions; 200 are allowed.',
      'Choose fewer options, or move what actions do into the template.',
    ],
  ]
  it.each(REFUSED)('of %j is %s: %s', (selected, code, message, hint) => {
    expect(ask(selected)).toEqual({ ok: false, refusals: [{ code, message, hint }] })
  })

  it('of an `if` that cannot be computed is CONDITION_FAILED', () => {
    const resolved = ask({ big: ['broken'] })
    expect(resolved.ok ? [] : resolved.refusals.map(({ code, message }) => [code, message.slice(0, 62)])).toEqual([
      ['CONDITION_FAILED', 'The `if` of DELETE_FILE in `big`/`broken` cannot be computed: '],
    ])
  })

  it('each has a test', () => {
    expect([...new Set([...REFUSED.map(([, code]) => code), 'CONDITION_FAILED'])].sort()).toEqual([...RESOLVE_REFUSALS].sort())
  })

  it('does not hide the others', () => {
    const resolved = ask({ nothing: [], auth: ['magic'], big: ['moar'] })
    expect(resolved.ok ? [] : resolved.refusals.map(({ code }) => code)).toEqual(['UNKNOWN_CATEGORY', 'OPTION_DISABLED', 'UNKNOWN_OPTION'])
  })

  it.each(PURPOSES)('for %s: archived options are refused only where something new is made, disabled ones always', (purpose) => {
    expect(ask({ auth: ['ldap'] }, purpose).ok).toBe(purpose !== 'create')
    expect(ask({ auth: ['magic'] }, purpose).ok).toBe(false)
  })

  it('a recipe of exactly 200 actions passes', () => {
    expect(ask(addOns([], { auth: ['ldap'], big: ['half', 'other-half'] }), 'drift').ok).toBe(true)
  })
})

describe('the recipe', () => {
  const full = catalogueOf(
    category('late', [option('b', [remove('7'), remove('2', { execution_order: -5 }), remove('8')]), option('a', [remove('6')])], {
      display_order: 9,
    }),
    category('early', [option('z', [remove('4')], { display_order: 1 }), option('y', [remove('5')], { display_order: 2 })], {
      display_order: 0,
    }),
    category('before', [option('x', [remove('3'), remove('1', { execution_order: -5 })])], { display_order: 0 }),
  )
  const selected = { late: ['a', 'b'], early: ['y', 'z'], before: ['x'] }

  it('is ordered by execution order, then category and option as displayed, then place', () => {
    const resolved = resolveRecipe(full, { selected, repo, purpose: 'create' })
    expect(
      resolved.ok && resolved.recipe.actions.map(({ params, category: from, option: slug }) => [Object.values(params).join(), from, slug]),
    ).toEqual([
      ['1', 'before', 'x'],
      ['2', 'late', 'b'],
      ['3', 'before', 'x'],
      ['4', 'early', 'z'],
      ['5', 'early', 'y'],
      ['6', 'late', 'a'],
      ['7', 'late', 'b'],
      ['8', 'late', 'b'],
    ])
  })

  it('leaves out actions whose `if` does not hold, and what they would bring', () => {
    const hard = { risk_level: 'HIGH', requires_role: 'ADMIN', side_effects: ['NETWORK'] }
    const conditional = catalogueOf(
      category('a', [
        option(
          'one',
          [remove('x', { if: "contains(selections.b, 'two')", ...hard }), remove('y', { if: "repo.name == 'shop'", risk_level: 'MEDIUM' })],
          { is_default: true },
        ),
      ]),
      category('b', [option('two')]),
    )
    const without = resolveRecipe(conditional, { selected: {}, repo, purpose: 'create' })
    expect(without.ok && without.recipe).toMatchObject({
      actions: [{ params: { path: 'y' } }],
      risk_level: 'MEDIUM',
      requires_role: 'ANY',
      side_effects: ['FILESYSTEM'],
    })
    const both = resolveRecipe(conditional, { selected: { b: ['two'] }, repo, purpose: 'create' })
    expect(both.ok && both.recipe).toMatchObject({ risk_level: 'HIGH', requires_role: 'ADMIN', side_effects: ['FILESYSTEM', 'NETWORK'] })
  })

  it('without actions is harmless', () => {
    const resolved = resolveRecipe(full, { selected: {}, repo, purpose: 'create' })
    expect(resolved.ok && resolved.recipe).toMatchObject({ actions: [], risk_level: 'LOW', requires_role: 'ANY', side_effects: [] })
  })

  it('names the hash of its actions and the version of its catalogue', () => {
    const resolved = resolveRecipe(full, { selected, repo, purpose: 'create' })
    expect(resolved.ok && [resolved.recipe.recipe_hash, resolved.recipe.catalog_version]).toEqual([
      resolved.ok && recipeHash(resolved.recipe.actions),
      catalogVersion(full),
    ])
  })
})

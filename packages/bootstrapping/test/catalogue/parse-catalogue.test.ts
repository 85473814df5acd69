import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCatalogue } from '../../src/catalogue/index.ts'
import { catalogueText, category, option, remove } from '../a-catalogue.ts'

const file = 'catalog.yml'
const read = (name: string): string => readFileSync(new URL(`./valid/${name}.yml`, import.meta.url), 'utf8')
const codesOf = (text: string): readonly string[] => {
  const parsed = parseCatalogue(text, { file })
  return parsed.ok ? [] : parsed.faults.map(({ code }) => code)
}

describe('a sound catalogue', () => {
  it('has every default of the contract filled in', () => {
    expect(parseCatalogue(read('smallest'), { file })).toEqual({
      ok: true,
      warnings: [],
      catalogue: {
        template: { repository: 'acme/t', version: '1' },
        categories: [
          {
            slug: 'a',
            label: 'a',
            description: '',
            selection_type: 'MULTI',
            display_order: 0,
            is_required: false,
            options: [
              { slug: 'b', label: 'b', description: '', is_default: false, enabled: true, archived: false, display_order: 0, actions: [] },
            ],
          },
        ],
      },
    })
  })

  it('has every default of an action filled in', () => {
    const parsed = parseCatalogue(catalogueText([category('a', [option('b', [remove('x')])])]), { file })
    expect(parsed.ok && parsed.catalogue.categories[0]?.options[0]?.actions).toEqual([
      {
        kind: 'DELETE_FILE',
        params: { path: 'x' },
        execution_order: 0,
        supports_dry_run: true,
        side_effects: ['FILESYSTEM'],
        risk_level: 'LOW',
        requires_role: 'ANY',
      },
    ])
  })

  it('may hold every kind of action', () => {
    const parsed = parseCatalogue(read('every-action'), { file })
    const actions = parsed.ok ? parsed.catalogue.categories.flatMap(({ options }) => options.flatMap((each) => each.actions)) : []
    expect(new Set(actions.map(({ kind }) => kind)).size).toBe(15)
    expect(actions.find(({ kind }) => kind === 'RUN_BASH_TEMPLATE')?.side_effects).toEqual(['FILESYSTEM', 'NETWORK'])
  })

  it('is sorted by display order, then by slug in code-point order, actions by execution order, then by place', () => {
    const parsed = parseCatalogue(
      catalogueText([
        category('b', [
          option('z', [remove('2', { execution_order: 5 }), remove('3', { execution_order: 5 }), remove('1')]),
          option('a-b'),
          option('a'),
        ]),
        category('ab', [option('x', [], { display_order: 1 }), option('y')]),
        category('a0', [option('x')]),
        category('0', [option('x')], { display_order: 1 }),
      ]),
      { file },
    )
    const categories = parsed.ok ? parsed.catalogue.categories : []
    expect(categories.map(({ slug, options }) => [slug, options.map((each) => each.slug).join()])).toEqual([
      ['a0', 'x'],
      ['ab', 'y,x'],
      ['b', 'a,a-b,z'],
      ['0', 'x'],
    ])
    expect(categories[2]?.options[2]?.actions.map(({ params }) => params)).toEqual([{ path: '1' }, { path: '2' }, { path: '3' }])
  })
})

describe('labels that an issue form cannot tell apart', () => {
  const warningsOf = (...categories: Parameters<typeof catalogueText>[0]): readonly unknown[] => {
    const parsed = parseCatalogue(catalogueText(categories), { file })
    return parsed.ok ? parsed.warnings.map(({ code, severity, message }) => [code, severity, message]) : parsed.faults
  }
  const warning = (label: string) => ['same-label', 'warning', `The label \`${label}\` is taken: an issue form cannot tell the two apart.`]

  it('are warned of, whatever their case, but the catalogue is read', () => {
    expect(warningsOf(category('a', [option('x', [], { label: 'Same' }), option('same')]))).toEqual([warning('same')])
    expect(warningsOf(category('a', [option('x')], { label: 'B' }), category('b', [option('x')]))).toEqual([warning('b')])
    expect(warningsOf(category('a', [option('x')], { label: 'owner' }))).toEqual([warning('owner')])
  })

  it('may be the same in two categories', () => {
    expect(warningsOf(category('a', [option('x')]), category('b', [option('x')]))).toEqual([])
  })
})

describe('a catalogue that is too much', () => {
  const crowd = (count: number): string =>
    catalogueText([
      category(
        'a',
        Array.from({ length: count }, (_, index) => ({ slug: `o${index}`, display_order: 1 })),
      ),
    ])

  it('may have a thousand options, and no more', () => {
    expect(codesOf(crowd(1_000))).toEqual([])
    expect(codesOf(crowd(1_001))).toEqual(['TOO_MANY_OPTIONS'])
  })

  it('counts the options of all categories together', () => {
    const options = Array.from({ length: 501 }, (_, index) => ({ slug: `o${index}`, display_order: 1 }))
    expect(codesOf(catalogueText([category('a', options), category('b', options)]))).toEqual(['TOO_MANY_OPTIONS'])
  })

  it('of ten thousand options is refused by one fault, though each of them is wrong', () => {
    const options = Array.from({ length: 10_000 }, () => ({ slug: 'SAME' }))
    expect(codesOf(catalogueText([category('a', options)]))).toEqual(['TOO_MANY_OPTIONS'])
  })

  it('of ten thousand empty categories is refused the same way', () => {
    const categories = Array.from({ length: 10_000 }, () => ({ slug: 'same' }))
    expect(codesOf(catalogueText(categories))).toEqual(['TOO_MANY_OPTIONS'])
  })

  it('of aliases that repeat options counts what they repeat', () => {
    const options = Array.from({ length: 600 }, (_, index) => `{ slug: o${index}, display_order: 0 }`).join(', ')
    const text = `template: { repository: a/b, version: v1 }
categories:
  - { slug: a, selection_type: MULTI, display_order: 0, options: &o [${options}] }
  - { slug: b, selection_type: MULTI, display_order: 0, options: *o }
`
    expect(codesOf(text)).toEqual(['TOO_MANY_OPTIONS'])
  })

  it('is refused by its length, but may be longer than other files', () => {
    const long = (length: number): string => `${read('smallest')}#${'x'.repeat(length)}`
    expect(codesOf(long(490_000))).toEqual([])
    expect(codesOf(long(500_000))).toEqual(['file-too-large'])
  })

  it('of forty thousand unknown keys is refused by the first hundred', () => {
    const text = Array.from({ length: 40_000 }, (_, index) => `k${index}: 1\n`).join('')
    expect(codesOf(text)).toHaveLength(100)
  })

  it('of conditions that name nothing there is, in hundreds of categories, is refused in time', () => {
    const long = 'x'.repeat(60)
    const wrong = remove('x', { if: `selections.${long}y || selections.${long}z` })
    expect(
      codesOf(catalogueText(Array.from({ length: 900 }, (_, index) => category(`${long}${index}`, [option('b', [wrong])])))),
    ).toHaveLength(100)
  })

  it('tells of a hundred faults at once, and no more', () => {
    const options = Array.from({ length: 1_000 }, () => ({ slug: 'SAME', display_order: 'x' }))
    expect(codesOf(catalogueText([category('a', options)]))).toHaveLength(100)
  })

  it('content of exactly 64 KiB passes', () => {
    const write = (content: string): string =>
      catalogueText([category('a', [option('b', [{ kind: 'WRITE_FILE', params: { path: 'x', content }, execution_order: 0 }])])])
    expect(codesOf(write('é'.repeat(32_768)))).toEqual([])
    expect(codesOf(write(`${'é'.repeat(32_768)}x`))).toEqual(['CONTENT_TOO_LARGE'])
  })
})

it('an action writes nothing where the receipt goes, whose text would be lost', () => {
  const codes = (kind: string, params: Readonly<Record<string, unknown>>): readonly string[] =>
    codesOf(catalogueText([category('a', [option('b', [{ kind, params, execution_order: 0 }])])]))
  const place = '.github/Bootstrap.json'
  expect(codes('WRITE_FILE', { path: place, content: 'x' })).toEqual(['receipt-path'])
  expect(codes('COPY_FILE', { source: 'x', dest: place })).toEqual(['receipt-path'])
  expect(codes('REPLACE_STRING', { file: place, find: 'x', replace: 'y' })).toEqual(['receipt-path'])
  expect(codes('COPY_FILE', { source: place, dest: 'x' })).toEqual([])
  expect(codes('DELETE_FILE', { path: place })).toEqual([])
})

it('never throws, whatever the text', () => {
  const piece = fc.constantFrom(
    'template:',
    'categories:',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ': ',
    '&a ',
    '*a',
    '!x',
    'slug',
    "'",
    '"',
    '\t',
    '#',
    '|',
    '\u0000',
    '\ufeff',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
      expect(typeof parseCatalogue(pieces.join(''), { file }).ok).toBe('boolean')
    }),
    { numRuns: 500 },
  )
})

it('refuses nesting without end', () => {
  expect(codesOf(`categories: ${'['.repeat(50_000)}`).length).toBeGreaterThan(0)
  expect(codesOf(`categories: ${'['.repeat(50_000)}${']'.repeat(50_000)}`).length).toBeGreaterThan(0)
})

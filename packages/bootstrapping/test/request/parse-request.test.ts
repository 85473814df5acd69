import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '@switchyard/core'
import { isReceipt, parseRequest, renderReceipt } from '../../src/catalogue/index.ts'
import { publishedSchemas } from '../../src/published-schemas.ts'
import { RECEIPT } from '../a-receipt.ts'

const file = 'bootstrap.json'
const smallest = { repo_owner: 'acme', repo_slug: 'shop' }
const receipt = (more: Readonly<Record<string, Json | undefined>> = {}): JsonObject => ({ ...JSON.parse(JSON.stringify(RECEIPT)), ...more })
const validate = new Ajv2020({ strict: true }).compile(publishedSchemas['bootstrap.schema'] ?? false)
const codesOf = (source: string | JsonObject): readonly string[] => {
  const parsed = parseRequest(source, { file })
  return parsed.ok ? [] : parsed.faults.map(({ code }) => code)
}

describe('a request', () => {
  it('is private and takes every default unless it says otherwise', () => {
    expect(parseRequest(JSON.stringify(smallest), { file })).toEqual({
      ok: true,
      request: { ...smallest, visibility: 'private', selected_options: {} },
    })
  })

  it('may be JSON that was parsed already, with a `$schema` for editors', () => {
    const parsed = parseRequest({ ...smallest, $schema: 'x', visibility: 'internal', selected_options: { auth: [] } }, { file })
    expect(parsed).toEqual({ ok: true, request: { ...smallest, visibility: 'internal', selected_options: { auth: [] } } })
    expect(parsed.ok && isReceipt(parsed.request)).toBe(false)
  })

  it('may be indented with tabs', () => {
    expect(codesOf(JSON.stringify({ ...smallest, selected_options: { a: ['b'] } }, undefined, '\t'))).toEqual([])
  })
})

describe('a receipt', () => {
  it('comes back as it was rendered', () => {
    const parsed = parseRequest(renderReceipt(RECEIPT), { file })
    expect(parsed).toEqual({ ok: true, request: RECEIPT })
    expect(parsed.ok && isReceipt(parsed.request)).toBe(true)
  })

  it('is the same text whatever the order of its keys and categories', () => {
    const turned = { ...Object.fromEntries(Object.entries(RECEIPT).reverse()), selected_options: { testing: [], auth: ['sessions'] } }
    expect(renderReceipt({ ...RECEIPT, ...turned })).toBe(renderReceipt(RECEIPT))
    expect(renderReceipt(RECEIPT)).toMatchInlineSnapshot(`
      "{
        "repo_owner": "acme",
        "repo_slug": "shop",
        "visibility": "private",
        "selected_options": {
          "auth": [
            "sessions"
          ],
          "testing": []
        },
        "template_repo": "acme/template",
        "template_version": "v1.2.0",
        "template_source_sha": "0123456789abcdef0123456789abcdef01234567",
        "catalog_version": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "recipe_hash": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "action_schema_version": "1.0",
        "generated_at": "2026-01-31T12:00:00Z"
      }
      "
    `)
  })

  it('survives any selections', () => {
    const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}$/)
    fc.assert(
      fc.property(fc.dictionary(slug, fc.array(slug, { maxLength: 3 }), { noNullPrototype: true }), (selected_options) => {
        const text = renderReceipt({ ...RECEIPT, selected_options })
        const parsed = parseRequest(text, { file })
        expect(parsed).toEqual({ ok: true, request: { ...RECEIPT, selected_options } })
        expect(parsed.ok && isReceipt(parsed.request) && renderReceipt(parsed.request)).toBe(text)
      }),
    )
  })
})

describe('is refused:', () => {
  const own = (key: string): JsonObject => ({ ...smallest, selected_options: Object.fromEntries([[key, ['x']]]) })
  const VALUES: readonly (readonly [string, JsonObject])[] = [
    ['missing-key', { repo_owner: 'acme' }],
    ['unknown-key', { ...smallest, repo_slugg: 'x' }],
    ['unknown-value', { ...smallest, visibility: 'secret' }],
    ['wrong-type', { ...smallest, selected_options: { auth: 'sessions' } }],
    ['wrong-type', { ...smallest, selected_options: [] }],
    ['bad-slug', own('Auth')],
    ['bad-slug', own('a\nb')],
    ['bad-slug', own('')],
    ['bad-slug', { ...smallest, selected_options: { auth: ['../x'] } }],
    ...['-acme', 'acme-', 'ac--me', 'a/b', 'ac me', 'acme\n', 'аcme', 'a'.repeat(37) + '_-', '.', '..', '@acme', 'acme/../x'].map(
      (repo_owner) => ['bad-owner', { ...smallest, repo_owner }] as const,
    ),
    ...['.', '..', 'a b', 'a/b', 'shop.git', 'shop.GIT', 'shop.wiki', 'shop\n', '../shop', 'shöp', 'shop?x'].map(
      (repo_slug) => ['bad-repository-name', { ...smallest, repo_slug }] as const,
    ),
    ['empty', { ...smallest, repo_owner: '' }],
    ['too-long', { ...smallest, repo_owner: 'a'.repeat(40) }],
    ['too-long', { ...smallest, repo_slug: 'a'.repeat(101) }],
    ['receipt-incomplete', { ...smallest, recipe_hash: 'a'.repeat(64) }],
    ['receipt-incomplete', receipt({ generated_at: undefined })],
    ['bad-hash', receipt({ recipe_hash: 'A'.repeat(64) })],
    ['bad-hash', receipt({ catalog_version: 'a'.repeat(63) })],
    ['bad-commit', receipt({ template_source_sha: 'main' })],
    ['bad-repository', receipt({ template_repo: 'template' })],
    ['bad-version', receipt({ action_schema_version: '1' })],
    ['bad-time', receipt({ generated_at: 'yesterday' })],
    ['bad-time', receipt({ generated_at: '2026-01-31T12:00:00+01:00' })],
  ]
  it.each(VALUES)('%s %j', (code, value) => {
    expect(codesOf(value)).toEqual([code])
    expect(validate(JSON.parse(JSON.stringify(value)))).toBe(false)
  })

  const TEXTS: readonly (readonly [string, string])[] = [
    ['not-json', '{'],
    ['not-json', "{ 'repo_owner': 'acme' }"],
    ['not-json', 'repo_owner: acme\nrepo_slug: shop\n'],
    ['not-json', '{ "repo_owner": "acme", "repo_slug": "shop", }'],
    ['not-json', '['.repeat(20_000)],
    ['empty-file', ''],
    ['not-a-mapping', '[]'],
    ['not-a-mapping', '"x"'],
    ['duplicate-key', '{ "repo_owner": "acme", "repo_owner": "evil", "repo_slug": "shop" }'],
    ['bad-slug', '{ "repo_owner": "acme", "repo_slug": "shop", "selected_options": { "__proto__": ["x"] } }'],
    ['unknown-key', '{ "repo_owner": "acme", "repo_slug": "shop", "__proto__": { "visibility": "public" } }'],
    ['file-too-large', JSON.stringify({ ...smallest, $schema: 'x'.repeat(100_001) })],
    ['bad-tag', JSON.stringify(receipt({ template_version: 'refs/tags/v1' }))],
  ]
  it.each(TEXTS)('%s %s', (code, text) => {
    expect(codesOf(text)).toEqual([code])
  })

  it('every fault at once, at its place', () => {
    const text = '{\n  "repo_owner": "ac me",\n  "visibility": "publik",\n  "selected_options": { "auth": "x" }\n}\n'
    const parsed = parseRequest(text, { file })
    expect(parsed.ok ? [] : parsed.faults.map(({ code, place, hint }) => [code, place?.line, place?.column, hint])).toEqual([
      ['missing-key', 1, 1, 'Add `repo_slug:` here.'],
      ['bad-owner', 2, 17, 'Write it as in the address on GitHub.'],
      ['unknown-value', 3, 17, 'Did you mean `public`?'],
      ['wrong-type', 4, 33, 'Write each entry on its own line, with `- ` in front.'],
    ])
  })

  it('a name of a managed user, of the greatest length, or with dots is not', () => {
    for (const repo_owner of ['octo-cat_acme', 'a'.repeat(39), '1']) expect(codesOf({ ...smallest, repo_owner })).toEqual([])
    for (const repo_slug of ['.github', 'a.b', '-', '_', 'a'.repeat(100), 'git', 'wiki']) {
      expect(codesOf({ ...smallest, repo_slug })).toEqual([])
    }
  })
})

it('the published schema accepts what the parser accepts', () => {
  for (const value of [smallest, { ...smallest, selected_options: { auth: ['x'], b: [] } }, receipt()]) {
    expect([codesOf(value), validate(value)]).toEqual([[], true])
  }
})

it('a byte order mark in front of the JSON is none of its text', () => {
  const text = '{"repo_owner":"acme","repo_slug":"shop"}'
  expect(parseRequest(`\ufeff${text}`, { file: 'bootstrap.json' })).toEqual(parseRequest(text, { file: 'bootstrap.json' }))
  expect(parseRequest(`\ufeff${text}`, { file: 'bootstrap.json' }).ok).toBe(true)
})

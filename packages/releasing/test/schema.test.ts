import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { inventoryShape } from '../src/inventory/shape.ts'
import { publishedSchemas } from '../src/published-schemas.ts'
import { releaseFileShape } from '../src/release-file/shape.ts'

// A choice between two keys names them beside their definitions, which strictRequired does not look at.
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true })

function valuesOf(folder: string): [string, unknown][] {
  const url = new URL(`./${folder}/`, import.meta.url)
  return readdirSync(url).flatMap((name): [string, unknown][] => {
    try {
      return [[name, parse(readFileSync(new URL(name, url), 'utf8'), { maxAliasCount: 100, logLevel: 'silent' })]]
    } catch {
      return []
    }
  })
}

describe.each([
  ['inventory', 'inventory.schema', inventoryShape],
  ['release-file', 'release.schema', releaseFileShape],
] as const)('the published schema of %s', (folder, name, shape) => {
  const validate = ajv.compile(publishedSchemas[name] ?? false)

  it.each(valuesOf(`${folder}/valid`))('accepts valid/%s as the parser does', (_, value) => {
    expect([validate(value), shape.safeParse(value).success]).toEqual([true, true])
  })

  it.each(valuesOf(`${folder}/malformed`).filter(([file]) => file !== 'endless-alias.yml'))(
    'says of malformed/%s what the parser’s shape says',
    (_, value) => {
      expect(validate(value)).toBe(shape.safeParse(value).success)
    },
  )
})

const word = fc.constantFrom(
  'a',
  '',
  'a b',
  '-a',
  'а',
  'a\nb',
  'Ünal',
  'bash',
  'release',
  '2026-11-21',
  'a/b.sql',
  '../a',
  '@a',
  'a\u200b',
  ' ',
)
const value = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.array(word, { maxLength: 2 }))
const mapping = (...keys: string[]) => fc.dictionary(fc.constantFrom(...keys), value, { noNullPrototype: true, maxKeys: 5 })

it('the schema of inventories agrees with the parser on made-up files', () => {
  const validate = ajv.compile(publishedSchemas['inventory.schema'] ?? false)
  const customers = fc.array(mapping('name', 'namespace', 'tags', 'active', 'other'), { maxLength: 2 })
  const cluster = fc.tuple(mapping('name', 'tags', 'environment', 'sql_command', 'metadata'), customers)
  fc.assert(
    fc.property(fc.array(cluster, { maxLength: 2 }), (clusters) => {
      const file = { clusters: clusters.map(([keys, list]) => ({ ...keys, customers: list })) }
      expect(validate(file)).toBe(inventoryShape.safeParse(file).success)
    }),
    { numRuns: 500 },
  )
})

it('the schema of releases agrees with the parser on made-up files', () => {
  const validate = ajv.compile(publishedSchemas['release.schema'] ?? false)
  const step = fc.record(
    { id: word, name: word, type: fc.constantFrom('bash', 'sql', 'perl'), content: value, file: value, other: value },
    { requiredKeys: ['id', 'name', 'type'] },
  )
  const release = fc.record(
    {
      name: word,
      type: fc.constantFrom('release', 'hotfix', 'a'),
      version_number: value,
      release_date: value,
      ref: value,
      metadata: value,
    },
    { requiredKeys: ['name', 'type'] },
  )
  fc.assert(
    fc.property(release, fc.array(step, { maxLength: 2 }), (keys, deploy) => {
      const file: unknown = JSON.parse(JSON.stringify({ ...keys, steps: { deploy } }))
      expect(validate(file)).toBe(releaseFileShape.safeParse(file).success)
    }),
    { numRuns: 500 },
  )
})

import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { actionSchemaHash } from '../../src/catalogue/index.ts'
import { catalogueShape } from '../../src/catalogue/shape.ts'
import { ACTION_SCHEMA_VERSION } from '../../src/index.ts'
import { publishedSchemas } from '../../src/published-schemas.ts'
import recorded from '../../src/catalogue/action-schema.json' with { type: 'json' }

const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(publishedSchemas['catalog.schema'] ?? false)

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

describe('the published schema of catalog.yml', () => {
  it.each(valuesOf('valid'))('accepts valid/%s as the parser does', (_, value) => {
    expect([validate(value), catalogueShape.safeParse(value).success]).toEqual([true, true])
  })

  it.each(valuesOf('malformed').filter(([name]) => name !== 'endless-alias.yml'))(
    'says of malformed/%s what the parser’s shape says',
    (_, value) => {
      expect(validate(value)).toBe(catalogueShape.safeParse(value).success)
    },
  )

  it('agrees with the parser on made-up actions', () => {
    const word = fc.constantFrom('a', '', '../a', '.git', 'a/b.ts', 'main', 'madr', 'x\ny', 'ci.yml', 'acme/x')
    const value = fc.oneof(word, fc.integer({ min: -1, max: 120 }), fc.boolean(), fc.array(word, { maxLength: 2 }), fc.constant(null))
    const keys = [
      'path',
      'source',
      'dest',
      'content',
      'marker',
      'file',
      'find',
      'replace',
      'number',
      'title',
      'template',
      'name',
      'version',
      'dev',
      'command',
      'topics',
      'branch',
      'workflow',
    ]
    const params = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4, noNullPrototype: true })
    const kind = fc.constantFrom(
      'COPY_FILE',
      'WRITE_FILE',
      'DELETE_FILE',
      'CREATE_ADR_STUB',
      'ADD_DEPENDENCY',
      'SET_TOPICS',
      'PROTECT_BRANCH',
      'CREATE_ENVIRONMENT',
      'NONE',
    )
    fc.assert(
      fc.property(kind, params, (name, given) => {
        const actions = [{ kind: name, params: given, execution_order: 1 }]
        const file = {
          template: { repository: 'a/b', version: 'v1' },
          categories: [{ slug: 'a', selection_type: 'MULTI', display_order: 0, options: [{ slug: 'b', display_order: 0, actions }] }],
        }
        expect(validate(file)).toBe(catalogueShape.safeParse(file).success)
      }),
      { numRuns: 1_000 },
    )
  })
})

it('the shape of actions does not change under one ACTION_SCHEMA_VERSION: raise it, and record both in action-schema.json', () => {
  expect({ version: ACTION_SCHEMA_VERSION, sha256: actionSchemaHash() }).toEqual(recorded)
})

import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { dispatchingSchema } from '../src/config.ts'
import { dispatchingShape } from '../src/config/shape.ts'
import { dispatchRecordSchemas } from '../src/records.ts'

const ajv = new Ajv2020({ strict: true, allErrors: true })
const validate = ajv.compile(dispatchingSchema())

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

describe('the published schema of dispatching.yml', () => {
  it.each(valuesOf('valid'))('accepts valid/%s as the parser does', (_, value) => {
    expect([validate(value), dispatchingShape.safeParse(value).success]).toEqual([true, true])
  })

  it.each(valuesOf('malformed').filter(([name]) => name !== 'endless-alias.yml'))('says of malformed/%s what the parser’s shape says', (_, value) => {
    expect(validate(value)).toBe(dispatchingShape.safeParse(value).success)
  })

  it('agrees with the parser on made-up files', () => {
    const text = fc.constantFrom('', 'ci.yml', 'success', 'push', 'a b')
    const list = fc.oneof(fc.array(text, { maxLength: 3 }), text)
    const source = fc.record({ workflow: text, conclusions: list, branches: list, events: list, repository: text, other: text }, { requiredKeys: [] })
    const target = fc.record({ repository: text, workflow: text, ref: text, refs: list, inputs: fc.oneof(list, fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)))) }, { requiredKeys: [] })
    const rules = fc.array(fc.record({ id: text, source, targets: fc.array(target, { maxLength: 2 }) }, { requiredKeys: [] }), { maxLength: 2 })
    fc.assert(
      fc.property(fc.record({ outbound: rules, inbound: rules }, { requiredKeys: [] }), (file) => {
        const value: unknown = JSON.parse(JSON.stringify(file))
        expect(validate(value)).toBe(dispatchingShape.safeParse(value).success)
      }),
      { numRuns: 500 },
    )
  })
})

it('every record’s schema compiles', () => {
  const schemas = dispatchRecordSchemas()
  expect(Object.keys(schemas)).toHaveLength(14)
  for (const schema of Object.values(schemas)) expect(() => new Ajv2020({ strict: true, strictTypes: false, strictTuples: false }).compile(schema)).not.toThrow()
})

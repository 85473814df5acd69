import { defineAction } from '@switchyard/action'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { fillSections, renderActionYml } from './action-metadata.ts'
import { renderInputs } from './describe-spec.ts'
import { renderJsonSchema } from './json-schemas.ts'

const spec = defineAction({
  name: 'Example',
  description: 'Does: something',
  branding: { icon: 'box', color: 'blue' },
  inputs: {
    token: { kind: 'secret', description: 'A token', default: '${{ github.token }}' },
    mode: { kind: 'choice', description: 'One | other', values: ['one', 'other'], aliases: { true: 'one' }, default: 'one' },
    'dry-run': { kind: 'boolean', description: 'Try it', default: false },
    'max-depth': { kind: 'integer', description: 'How deep', min: 1, max: 20, default: 8 },
    repositories: { kind: 'list', description: 'Which', default: ['a', 'b'] },
    'run-id': { kind: 'text', description: 'The run', required: true },
  },
  outputs: { count: 'How many' },
  reasonCodes: { dispatched: 'It was done' },
  schemaVersion: 1,
})

test('action.yml says what the registry says', () => {
  const manifest: unknown = parse(renderActionYml(spec))
  expect(manifest).toMatchObject({
    name: 'Example',
    description: 'Does: something',
    inputs: {
      token: { description: 'A token', required: false, default: '${{ github.token }}' },
      mode: { default: 'one' },
      'dry-run': { default: 'false' },
      'max-depth': { default: '8' },
      repositories: { default: 'a, b' },
      'run-id': { description: 'The run', required: true },
    },
    runs: { using: 'node24', main: 'dist/index.js' },
  })
  expect(manifest).toHaveProperty('outputs.count.description', 'How many')
  expect(manifest).toHaveProperty('outputs.reason-code')
  expect(manifest).not.toHaveProperty('inputs.run-id.default')
})

describe('a README', () => {
  const empty =
    '# Example\n<!-- inputs -->\nold\n<!-- /inputs -->\nmine\n<!-- outputs -->\n<!-- /outputs -->\n<!-- reason-codes -->\n<!-- /reason-codes -->\n'

  test('has its tables filled and the rest left alone', () => {
    const filled = fillSections('README.md', empty, spec)
    expect(filled).toContain('| `mode` | One \\| other | `one`, `other`, `true` | `one` |')
    expect(filled).toContain('| `run-id` | The run | text | required |')
    expect(filled).toContain('-->\nmine\n<!--')
    expect(filled).not.toContain('old')
    expect(fillSections('README.md', filled, spec)).toBe(filled)
  })

  test('without a section is refused by name', () => {
    expect(() => fillSections('README.md', empty.replace('<!-- outputs -->', ''), spec)).toThrow(
      'README.md needs a section <!-- outputs -->',
    )
  })
})

test('an input table names the limits of a number', () => {
  expect(renderInputs(spec)).toContain('| `max-depth` | How deep | 1 to 20 | `8` |')
})

test('a JSON Schema describes what may be written: a default is not required, an unknown key is refused', () => {
  const schema: unknown = JSON.parse(renderJsonSchema(z.strictObject({ a: z.string(), b: z.number().default(1) })))
  expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', required: ['a'], additionalProperties: false })
})

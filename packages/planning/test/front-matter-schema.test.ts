import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { frontMatterShape } from '../src/plan/shape.ts'
import { publishedSchemas } from '../src/published-schemas.ts'

const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(publishedSchemas['plan.schema'] ?? false)

it.each([
  [{ title: 'A' }, true],
  [{ title: 'A \u{1f600} שלום', idea: 12, labels: ['a b'], milestone: '1.0', assignees: ['octocat', 'a_b'] }, true],
  [{ title: 'A', idea: '#12' }, true],
  [{ title: 'A', idea: '0' }, false],
  [{ title: 'A', idea: -1 }, false],
  [{ title: 'A', idea: 1.5 }, false],
  [{ title: '' }, false],
  [{ title: ' ' }, false],
  [{ title: 'a\nb' }, false],
  [{ title: 'a\u202eb' }, false],
  [{ title: 'A', lables: [] }, false],
  [{ title: 'A', labels: 'a' }, false],
  [{ title: 'A', labels: ['x'.repeat(51)] }, false],
  [{ title: 'A', assignees: ['@a'] }, false],
  [{ title: 'A', assignees: Array.from({ length: 11 }, (_, at) => `a${at}`) }, false],
  [{ idea: 1 }, false],
  [[], false],
])('the published schema and the parser’s shape say the same of %j', (value, expected) => {
  expect([validate(value), frontMatterShape.safeParse(value).success]).toEqual([expected, expected])
})

import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { sample } from '../test/sample-spec.ts'
import { COMMON_OUTPUTS, COMMON_REASON_CODES } from './common.ts'
import { renderActionYml, renderReadmeTables } from './render-spec.ts'

test('action.yml says what the registry says', () => {
  const action = parse(renderActionYml(sample))
  expect(action).toMatchObject({
    name: 'sample',
    author: 'Switchyard',
    branding: { icon: 'git-branch', color: 'blue' },
    runs: { using: 'node24', main: 'dist/index.js' },
  })
  expect(Object.keys(action.inputs)).toEqual(Object.keys(sample.inputs))
  expect(Object.keys(action.outputs)).toEqual([...Object.keys(COMMON_OUTPUTS), 'count', 'items'])
  expect(action.inputs.token).toEqual({ description: 'The token.', required: false, default: '${{ github.token }}' })
  expect(action.inputs.mode).toEqual({ description: 'What to do. One of `event`, `sweep`.', required: false, default: 'event' })
  expect(action.inputs.commands.default).toBe('one\ntwo')
  expect(action.inputs['private-key']).not.toHaveProperty('default')
})

test('defaults are texts, as the runner hands them on', () => {
  const { inputs } = parse(renderActionYml(sample))
  expect([inputs['max-parallel'].default, inputs['dry-run'].default]).toEqual(['10', 'false'])
})

test('an input without a default is required where the registry says so', () => {
  const spec = { ...sample, inputs: { plan: { kind: 'text', description: 'A plan.', required: true } } } as const
  expect(parse(renderActionYml(spec)).inputs.plan.required).toBe(true)
  expect(renderReadmeTables(spec)).toContain('| `plan` | A plan. | required |')
})

test('the README has a row for every input, output and reason code', () => {
  const tables = renderReadmeTables(sample)
  const named = [
    ...Object.keys(sample.inputs),
    ...Object.keys(COMMON_OUTPUTS),
    ...Object.keys(sample.outputs),
    ...Object.keys(sample.reasonCodes),
    ...Object.keys(COMMON_REASON_CODES),
  ]
  for (const name of named) expect(tables).toContain(`| \`${name}\` |`)
  expect(tables).toContain('More \\| data.')
})

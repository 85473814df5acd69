import { UserError } from '@switchyard/core'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { type MODES, sample } from '../test/sample-spec.ts'
import type { Inputs, Secrets } from './input-types.ts'
import { readInputs } from './read-inputs.ts'

const read = (given: Record<string, string> = {}) => readInputs(sample, (name) => ({ token: 'a-token', ...given })[name] ?? '')

test('nothing given: defaults, empty lists, and undefined for the rest', () => {
  expect(read()).toEqual({
    inputs: {
      configPath: undefined,
      issueTitle: 'Hello',
      defaultRef: undefined,
      mode: 'event',
      maxParallel: 10,
      dryRun: false,
      repositories: [],
      commands: ['one', 'two'],
      extra: undefined,
    },
    secrets: { token: 'a-token', privateKey: undefined },
  })
})

test.each([
  ['config-path', '  a/b.yml ', { configPath: 'a/b.yml' }],
  ['config-path', '   ', { configPath: undefined }],
  ['mode', 'sweep', { mode: 'sweep' }],
  ['mode', 'auto', { mode: 'event' }],
  ['max-parallel', '1', { maxParallel: 1 }],
  ['max-parallel', '50', { maxParallel: 50 }],
  ['dry-run', 'True', { dryRun: true }],
  ['dry-run', 'FALSE', { dryRun: false }],
  ['repositories', 'a, b\nc,,\r\n d ', { repositories: ['a', 'b', 'c', 'd'] }],
  ['commands', 'a, b\n\n c', { commands: ['a, b', 'c'] }],
  ['extra', '{"a":[1]}', { extra: { a: [1] } }],
  ['extra', 'null', { extra: null }],
])('%s: %j', (name, text, expected) => {
  expect(read({ [name]: text }).inputs).toMatchObject(expected)
})

const faultsOf = (given: Record<string, string>) => {
  try {
    read(given)
  } catch (error) {
    if (error instanceof UserError) return error.faults
  }
  throw new Error('nothing was wrong')
}

describe('what is wrong is said with the input, what was given and what is allowed', () => {
  test.each([
    ['mode', 'Event', 'INPUT_NOT_A_CHOICE', 'one of `event`, `sweep`'],
    ['mode', 'toString', 'INPUT_NOT_A_CHOICE', 'one of'],
    ['max-parallel', '0', 'INPUT_NOT_AN_INTEGER', 'from 1 to 50'],
    ['max-parallel', '51', 'INPUT_NOT_AN_INTEGER', 'from 1 to 50'],
    ['max-parallel', '1e1', 'INPUT_NOT_AN_INTEGER', 'a whole number'],
    ['max-parallel', '2.5', 'INPUT_NOT_AN_INTEGER', 'a whole number'],
    ['dry-run', 'yes', 'INPUT_NOT_BOOLEAN', 'true or false'],
    ['extra', '{a}', 'INPUT_NOT_JSON', 'JSON'],
  ])('%s: %j', (name, text, code, allowed) => {
    const [fault, ...others] = faultsOf({ [name]: text })
    expect(others).toEqual([])
    expect(fault).toMatchObject({ code, severity: 'error' })
    for (const part of [`\`${name}\``, JSON.stringify(text), allowed]) expect(fault?.message).toContain(part)
  })

  test('all at once', () => {
    expect(faultsOf({ token: '', mode: 'x', 'dry-run': 'x' }).map(({ code }) => code)).toEqual([
      'INPUT_REQUIRED',
      'INPUT_NOT_A_CHOICE',
      'INPUT_NOT_BOOLEAN',
    ])
  })

  test('a long text is cut', () => {
    expect(faultsOf({ extra: 'x'.repeat(5_000) })[0]?.message.length).toBeLessThan(200)
  })
})

test('types follow the registry', () => {
  expectTypeOf<Inputs<typeof sample>['mode']>().toEqualTypeOf<(typeof MODES)[number]>()
  expectTypeOf<Inputs<typeof sample>['configPath']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<Inputs<typeof sample>['defaultRef']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<Inputs<typeof sample>['maxParallel']>().toEqualTypeOf<number>()
  expectTypeOf<keyof Secrets<typeof sample>>().toEqualTypeOf<'token' | 'privateKey'>()
  expectTypeOf<Secrets<typeof sample>['token']>().toEqualTypeOf<string>()
  expectTypeOf<Inputs<typeof sample>>().not.toHaveProperty('token')
})

import { describe, expect, it } from 'vitest'
import { findYamlKey } from './yaml-key.ts'

describe('one key of a text', () => {
  it.each([
    ['a: 1\nb: 2\n', { value: 2, offset: 5 }],
    ["a: 1\n'b' : two # here\n", { value: 'two', offset: 5 }],
    ['{ a: 1, "b": 2 }', { value: 2, offset: 8 }],
    ['a: &x 7\nb: *x\n', { value: 7, offset: 8 }],
    ['b: *gone\n', { value: undefined, offset: 0 }],
    ['b: [1]\n', { value: undefined, offset: 0 }],
    ['b: 1\nb: 2\n', { value: 1, offset: 0 }],
    // The rest may be broken.
    ['a: b: c\nb: 2\n', { value: 2, offset: 8 }],
    ['x:\n  b: 2\n', undefined],
    ['a: b: c\nx:\n  b: 2\n', undefined],
    ['# b: 2\na: |\n  b: 2\n', undefined],
    ['- b: 2\n', undefined],
    ['', undefined],
  ])('%j', (text, expected) => {
    expect(findYamlKey(text, 'b')).toEqual(expected)
  })

  it('is not looked for in a text that is too long', () => {
    expect(findYamlKey(`b: 2 #${'x'.repeat(100_000)}`, 'b')).toBeUndefined()
  })
})

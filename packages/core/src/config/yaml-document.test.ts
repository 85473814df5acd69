import { describe, expect, it } from 'vitest'
import { parseYamlDocument } from './yaml-document.ts'

const faultsOf = (text: string, maxLength?: number) => {
  const parsed = parseYamlDocument(text, { file: 'f.yml', begin: 'Write keys.', ...(maxLength === undefined ? {} : { maxLength }) })
  return parsed.ok ? [] : parsed.faults.map(({ code, place }) => [code, place?.line, place?.column])
}

describe('a key that stands twice in one mapping', () => {
  it.each([
    ['a: 1\na: 2\n', [['duplicate-key', 2, 1]]],
    ["1: a\n'1': b\n", [['duplicate-key', 2, 1]]],
    [
      'x:\n  - { a: 1, a: 2, a: 3 }\n',
      [
        ['duplicate-key', 2, 13],
        ['duplicate-key', 2, 19],
      ],
    ],
    ['{"__proto__": 1, "__proto__": 2}', [['duplicate-key', 1, 18]]],
  ])('%j is told at its place', (text, expected) => {
    expect(faultsOf(text)).toEqual(expected)
  })

  it('in two mappings is none', () => {
    expect(faultsOf('a: { b: 1 }\nb: { b: 1 }\n')).toEqual([])
  })

  it('is found in a mapping of thirty thousand keys, and told a hundred times at the most', () => {
    const keys = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1\n`).join('')
    expect(faultsOf(keys, 500_000)).toEqual([])
    expect(faultsOf(`${keys}${'k1: 1\n'.repeat(1_000)}`, 500_000)).toHaveLength(100)
  })
})

it('a file is as long as its kind allows', () => {
  expect(faultsOf(`a: 1 #${'x'.repeat(100_000)}`)).toEqual([['file-too-large', 1, 1]])
  expect(faultsOf(`a: 1 #${'x'.repeat(100_000)}`, 200_000)).toEqual([])
})

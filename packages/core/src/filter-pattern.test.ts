import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPatternFault, matchesPatterns } from './filter-pattern.ts'
import { effortOf } from '../test/effort.ts'

describe('matchesPatterns', () => {
  it.each([
    ['main', ['main'], true],
    ['main2', ['main'], false],
    ['feature/a', ['feature/*'], true],
    ['feature/a/b', ['feature/*'], false],
    ['feature/a/b', ['feature/**'], true],
    ['v1.2', ['v[12].[0-9]+'], true],
    ['v1.23', ['v[12].[0-9]+'], true],
    ['v3.1', ['v[12].[0-9]+'], false],
    ['v1.', ['v[12].[0-9]+'], false],
    ['color', ['colou?r'], true],
    ['colour', ['colou?r'], true],
    ['colouur', ['colou?r'], false],
    ['a+b', ['a\\+b'], true],
    ['aab', ['a\\+b'], false],
    ['release/1', ['release/**', '!release/old'], true],
    ['release/old', ['release/**', '!release/old'], false],
    ['release/old', ['release/**', '!release/*', 'release/old'], true],
    ['Main', ['main'], false],
    ['', ['*'], true],
    ['anything', undefined, true],
    ['anything', [], false],
  ] as const)('%s against %j: %s', (name, patterns, expected) => {
    expect(matchesPatterns(name, patterns)).toBe(expected)
  })

  it('takes effort in proportion, whatever the pattern', () => {
    const act = (): boolean => matchesPatterns('a'.repeat(255), [`${'*a'.repeat(100)}b`])
    expect(act()).toBe(false)
    expect(effortOf(act)).toBeLessThan(100)
  })

  it('matches every name without special signs against itself alone', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '-', '1'), minLength: 1 })
    fc.assert(
      fc.property(name, name, (left, right) => {
        expect(matchesPatterns(left, [right])).toBe(left === right)
        expect(matchesPatterns(left, [left])).toBe(true)
      }),
    )
  })
})

it.each(['+a', '?', '[', '[]', '[z-a]', 'a\\', '', '**+', '!'])('findPatternFault names what is wrong with %j', (pattern) => {
  expect(findPatternFault(pattern)).toBeTypeOf('string')
})

import { effortOf } from '@switchyard/core/effort'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convergenceOf } from '../../src/reviews.ts'

/** The textbook's table: slow, and easy to believe. */
function commonLines(left: readonly string[], right: readonly string[]): number {
  const table = Array.from({ length: left.length + 1 }, () => Array<number>(right.length + 1).fill(0))
  const at = (row: number, column: number): number => table[row]?.[column] ?? 0
  for (const [row, one] of left.entries()) {
    for (const [column, other] of right.entries()) {
      const cells = table[row + 1]
      if (cells) cells[column + 1] = one === other ? at(row, column) + 1 : Math.max(at(row, column + 1), at(row + 1, column))
    }
  }
  return at(left.length, right.length)
}

describe('convergence', () => {
  it.each([
    ['the same', 'a\nb', 'a\nb', 1],
    ['nothing beside nothing', '', '\n\n', 1],
    ['nothing in common', 'a', 'b', 0],
    ['nothing before', '', 'a', 0],
    ['half of it', 'a\nb', 'a\nc', 0.5],
    ['a line more', 'a\nb\nc', 'a\nb\nx\nc', 0.75],
    ['lines that changed places', 'a\nb\nc', 'c\na\nb', 0.66],
    ['blank lines, blanks at the end, other line ends, a byte-order mark', 'a  \n\nb', '\ufeffa\r\nb\r\n\r\n', 1],
  ])('of %s', (_, before, after, expected) => {
    expect(convergenceOf(before, after)).toBe(expected)
  })

  it('is 1 only if nothing changed', () => {
    const lines = Array.from({ length: 1_000 }, (_, at) => `line ${at}`)
    expect(convergenceOf(lines.join('\n'), lines.with(500, 'other').join('\n'))).toBe(0.99)
  })

  it('is that of the textbook’s table, for texts of several words of bits', () => {
    const few = fc.constantFrom('a', 'b', 'c', 'd')
    const many = fc.nat(60).map(String)
    const lines = fc.oneof(...[few, many].map((line) => fc.array(line, { maxLength: 200, size: 'max' })))
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const longer = Math.max(left.length, right.length)
        const expected = longer === 0 ? 1 : Math.floor((commonLines(left, right) / longer) * 100) / 100
        expect(convergenceOf(left.join('\n'), right.join('\n'))).toBe(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('of the worst that 100,000 characters can be is done with bounded effort', () => {
    const left = `x\n${'a\nb\na\n'.repeat(16_600)}`
    const right = `${'b\na\n'.repeat(24_900)}y`
    expect(convergenceOf(left, right)).toBeGreaterThan(0.5)
    expect(effortOf(() => convergenceOf(left, right))).toBeLessThan(1_000)
  })
})

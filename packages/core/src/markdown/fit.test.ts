import { describe, expect, it } from 'vitest'
import {
  countOf,
  findFitting,
  fitLines,
  fitTable,
  joinParts,
  mermaidLabel,
  nameFirst,
  renderMermaid,
  renderNumber,
  renderPercent,
  renderTime,
} from './index.ts'

const lines = Array.from({ length: 100 }, (_, at) => `line ${at}`)
const rest = (left: number): string => `and ${left} more`

it.each([
  [[], ''],
  [['a', 'b'], 'a, b'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b and 3 more'],
])('of the names %j the first two are named, and the others counted', (names, expected) => {
  expect(nameFirst(names, 2)).toBe(expected)
})

describe('fitLines', () => {
  it('shows all that fit, without a word more', () => {
    expect(fitLines(lines, lines.join('\n').length + 1, rest)).toEqual(lines)
  })

  it('counts those that do not', () => {
    const shown = fitLines(lines, 500, rest)
    expect(shown.join('\n').length).toBeLessThanOrEqual(500)
    expect(shown.at(-1)).toBe(`and ${100 - (shown.length - 1)} more`)
    expect(fitLines(lines, 10, rest)).toEqual(['and 100 more'])
  })
})

describe('fitTable', () => {
  const rows = lines.map((line) => [line, 'x'])

  it('counts rows, and not the head', () => {
    const table = fitTable({ head: ['a', 'b'], rows, max: 500 })
    expect(table.length).toBeLessThanOrEqual(500)
    const shown = table.match(/^\| line/gm)?.length ?? 0
    expect(shown).toBeGreaterThan(0)
    expect(table.endsWith(`|\n\nand ${100 - shown} more.`)).toBe(true)
  })

  it('keeps its head where no row fits', () => {
    expect(fitTable({ head: ['a', 'b'], rows, max: 1, rest })).toBe('| a | b |\n| --- | --- |\n\nand 100 more')
  })
})

it('findFitting takes the first that fits', () => {
  expect(findFitting([() => 'four', () => 'two', () => 'a'], 3)).toBe('two')
  expect(findFitting([() => 'four'], 3)).toBeUndefined()
})

it('joinParts leaves out what is empty', () => {
  expect(joinParts(['a', '', 'b'])).toBe('a\n\nb')
})

it.each([
  [0, 4, '░░░░ 0 %'],
  [49, 4, '█░░░ 49 %'],
  [99, 4, '███░ 99 %'],
  [100, 4, '████ 100 %'],
])('a bar of %i per cent is full only when nothing is left', (percent, width, bar) => {
  expect(renderPercent(percent, width)).toBe(bar)
})

it('numbers and their nouns', () => {
  expect([0, 999, 1_000, 1_234_567].map(renderNumber)).toEqual(['0', '999', '1,000', '1,234,567'])
  expect([countOf(1, 'story', 'stories'), countOf(2_000, 'story', 'stories'), countOf(0, 'step')]).toEqual([
    '1 story',
    '2,000 stories',
    '0 steps',
  ])
})

it.each([
  ['2026-11-21T08:40:30.000Z', '2026-11-21 08:40 UTC'],
  [0, '1970-01-01 00:00 UTC'],
  [null, '—'],
  ['yesterday', '—'],
])('the time %j', (at, time) => {
  expect(renderTime(at)).toBe(time)
})

it('a drawing’s label has nothing that draws', () => {
  expect(mermaidLabel(['a"]; click', '', '#3'])).toBe('"a#34;#93;#59; click<br>#35;3"')
  expect(mermaidLabel(['x'.repeat(9)], 4)).toBe('"xxx#8230;"')
  expect(renderMermaid(['graph LR'])).toBe('```mermaid\ngraph LR\n```')
})

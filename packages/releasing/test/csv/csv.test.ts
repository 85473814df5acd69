import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardFormula, unguardFormula } from '../../src/csv/formulas.ts'
import { readCsv } from '../../src/csv/read-csv.ts'
import { writeCsv } from '../../src/csv/write-csv.ts'

const cellsOf = (text: string): readonly (readonly string[])[] =>
  readCsv(text, 100).records.map((record) => record.map((cell) => cell.text))

describe('reading', () => {
  it.each<[text: string, expected: readonly (readonly string[])[]]>([
    ['', []],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\rb', [['a'], ['b']]],
    [
      'a,,\n,\n',
      [
        ['a', '', ''],
        ['', ''],
      ],
    ],
    ['"a,b","c ""d""","e\r\nf"\n', [['a,b', 'c "d"', 'e\r\nf']]],
    ['a\n\n\r\nb\n', [['a'], ['b']]],
    ['""\n', [['']]],
    ['"",""', [['', '']]],
    ['\ufeffa,b', [['a', 'b']]],
    [' a , b ', [[' a ', ' b ']]],
  ])('%j', (text, expected) => {
    expect(cellsOf(text)).toEqual(expected)
    expect(readCsv(text, 100).faults).toEqual([])
  })

  it.each([
    ['a,b"c', 'stray-quote', 3],
    ['"a"b,c', 'stray-quote', 2],
    ['a\n"b,c', 'unclosed-quote', 2],
    ['"', 'unclosed-quote', 0],
    ['"""', 'unclosed-quote', 0],
  ])('of %j tells the quote that breaks the rules', (text, code, offset) => {
    expect(readCsv(text, 100).faults).toEqual([{ code, offset }])
  })

  it('knows where each cell begins', () => {
    expect(readCsv('a,"b"\r\n,c', 100).records.flat()).toEqual([
      { text: 'a', offset: 0 },
      { text: 'b', offset: 2 },
      { text: '', offset: 7 },
      { text: 'c', offset: 8 },
    ])
  })

  it('stops behind as many records as are wanted', () => {
    expect(readCsv('a\n'.repeat(10), 3).records).toHaveLength(3)
  })

  it.each([',', '"', '""', '"",', '"a', '\n', ',"', '""",', 'a",', '"a"b,'])('takes millions of %j without harm', (part) => {
    const { faults } = readCsv(part.repeat(1_000_000), 100)
    expect(faults.length).toBeLessThanOrEqual(100)
  })
})

const cell = fc.string({ unit: fc.constantFrom('a', 'ü', ',', '"', '\n', '\r', ' ', '=', "'", '\t', '-', '\ufeff') })

it('what is written is read back, whatever cells hold', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1 })), (rows) => {
      const { records, faults } = readCsv(writeCsv(rows), 1_000)
      expect(records.map((record) => record.map(({ text }) => text))).toEqual(rows)
      expect(faults).toEqual([])
    }),
  )
})

describe('a cell that a spreadsheet would compute', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', "'=1", "''-1"])('%j is guarded', (text) => {
    expect(guardFormula(text)).toBe(`'${text}`)
    expect(unguardFormula(`'${text}`)).toBe(text)
  })

  it.each(['', 'a', "it's", "'a'", '1-2', "'", 'a=1'])('%j is none', (text) => {
    expect([guardFormula(text), unguardFormula(text)]).toEqual([text, text])
  })

  it('that nobody guarded is taken as it is', () => {
    expect(unguardFormula('-1')).toBe('-1')
  })

  it('comes back as it was', () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(unguardFormula(guardFormula(text))).toBe(text)
        expect(guardFormula(text)).not.toMatch(/^\s*[=+\-@]/)
      }),
    )
  })
})

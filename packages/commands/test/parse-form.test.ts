import { describe, expect, it } from 'vitest'
import { parseAudience, parseMember, parseText } from '../src/index.ts'

const audience = (...lines: readonly string[]): unknown => {
  const parsed = parseAudience(lines)
  return parsed.ok
    ? { all: parsed.value.all, selectors: parsed.value.selectors.map(({ source }) => source) }
    : parsed.faults.map(({ code, line, column }) => [code, line, column])
}

describe('the customers of a form', () => {
  it.each<[lines: readonly string[], expected: unknown]>([
    [['eu-1/acme', 'tag:canary', '!beta'], { all: false, selectors: ['eu-1/acme', 'tag:canary', '!beta'] }],
    [['eu-1/acme tag:canary !beta'], { all: false, selectors: ['eu-1/acme', 'tag:canary', '!beta'] }],
    [['--all !beta'], { all: true, selectors: ['!beta'] }],
    [['--all', '!"Acme Ltd."'], { all: true, selectors: ['!Acme Ltd.'] }],
    [['"Acme Ltd." beta'], { all: false, selectors: ['Acme Ltd.', 'beta'] }],
    [[], [['missing-argument', 1, 1]]],
    [['  '], [['missing-argument', 1, 1]]],
    [['!beta'], [['only-exclusions', 1, 1]]],
    [['acme', '--all'], [['all-and-names', 1, 1]]],
    [['acme --dry-run'], [['unknown-flag', 1, 6]]],
    [['acme', '-- beta'], [['unknown-flag', 2, 1]]],
    [['"acme'], [['unclosed-quote', 1, 1]]],
    [['acme/b/c'], [['bad-selector', 1, 1]]],
    [['ac\u202eme'], [['hidden-character', 1, 1]]],
  ])('%j', (lines, expected) => {
    expect(audience(...lines)).toEqual(expected)
  })

  it('one customer is one, and no pattern', () => {
    expect(parseMember(['eu-1/acme'])).toMatchObject({ ok: true, value: { by: 'address', cluster: 'eu-1', namespace: 'acme' } })
    expect(parseMember(['"Acme Ltd."'])).toMatchObject({ ok: true, value: { by: 'name', name: 'Acme Ltd.' } })
    for (const lines of [[], ['a', 'b'], ['a b'], ['--all'], ['eu-*/acme'], ['!acme'], ['tag:x']]) {
      expect(parseMember(lines)).toMatchObject({ ok: false, faults: [{ code: 'bad-selector' }] })
    }
  })
})

describe('a text of a form', () => {
  it('is what people see of it', () => {
    expect(parseText('  by hand,\n\u200btwice ')).toEqual({ ok: true, value: 'by hand,\ntwice' })
    expect(parseText('a\u202eb')).toMatchObject({ ok: false, faults: [{ code: 'hidden-character' }] })
    expect(parseText('a\u0007b')).toMatchObject({ ok: false })
  })
})

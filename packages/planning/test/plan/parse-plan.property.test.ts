import { effortOf } from '@switchyard/core/effort'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_PLAN_LENGTH } from '../../src/plan/limits.ts'
import { defuse, parsePlan } from '../../src/plans.ts'

const piece = fc.constantFrom(
  '# Epic: ',
  '## Story: ',
  '### Task: ',
  '#### ',
  'A',
  'B',
  ' {#a}',
  ' {#',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '---\n',
  'title: ',
  'idea: 1\n',
  'Files: ',
  'Depends on: ',
  'Verify: ',
  'Acceptance:\n',
  '`',
  '``',
  '`a/b`',
  ', ',
  '- ',
  '> ',
  '1. ',
  '[ ] ',
  '[x](y)',
  '<!--',
  '-->',
  '<b',
  '```\n',
  '~~~\n',
  '    ',
  '\t',
  '@a',
  '#1',
  '&#64;',
  '\\',
  '|',
  '**',
  '\u{1f600}',
  'ש',
  '\u202e',
  '\ud800',
  '\u0000',
  '\ufeff',
  '===\n',
  ':',
)
const plan = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 }).map((parts) => parts.join(''))

it('no text makes the parser throw, and every fault lies in the text', () => {
  fc.assert(
    fc.property(plan, (text) => {
      const lines = text.replace(/^\ufeff/, '').split('\n')
      const parsed = parsePlan(text, { file: 'p.md' })
      const faults = parsed.ok ? parsed.warnings : parsed.faults
      const places = faults.map(({ place }) => [place?.line ?? 0, place?.column ?? 0] as const)
      for (const [line, column] of places) {
        expect(line).toBeGreaterThan(0)
        expect(column).toBeGreaterThan(0)
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
      }
      expect(places).toEqual(places.toSorted(([a, b], [c, d]) => a - c || b - d))
      if (!parsed.ok) expect(faults.some(({ severity }) => severity === 'error')).toBe(true)
    }),
    { numRuns: 500 },
  )
})

describe('a hostile text of 100,000 characters is answered soon', () => {
  const units = [
    '>',
    '> ',
    '- ',
    '1. ',
    '> - > - a\n\n',
    '> a\n\n',
    '- a\nb\n',
    '- a\n  - b\n',
    'a\n=\n',
    '[',
    '[](',
    '![',
    '*a',
    '**a*b',
    '`a`,',
    '<',
    '<!-- ',
    '&#64;',
    '@a ',
    '\\',
    '\r',
    '# a\n',
    '### Task: a\nDepends on: a\n',
    'Files: `a`\n',
    'Verfy: a\n',
    '```\n',
    '| a |\n|---|\n',
    '<https://a.b> ',
  ]

  it.each(units)('%j', (unit) => {
    const text = unit.repeat(Math.ceil(MAX_PLAN_LENGTH / unit.length)).slice(0, MAX_PLAN_LENGTH)
    const effort = effortOf(() => {
      parsePlan(text, { file: 'p.md' })
      parsePlan(`# Epic: a\n## Story: b\n### Task: c\nDepends on: ${text.slice(0, 60_000)}`, { file: 'p.md' })
      defuse(text, { allowMentions: false })
    })
    expect(effort).toBeLessThan(1_500)
  })
})

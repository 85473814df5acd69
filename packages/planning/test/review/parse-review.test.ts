import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publishedSchemas } from '../../src/published-schemas.ts'
import { parseReviewResult } from '../../src/reviews.ts'
import { MALFORMED } from './malformed-table.ts'

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(publishedSchemas['plan-review.schema'] ?? false)

function textsOf(folder: string): [name: string, text: string][] {
  const url = new URL(`./${folder}/`, import.meta.url)
  return readdirSync(url).map((name) => [name.replace('.json', ''), readFileSync(new URL(name, url), 'utf8')])
}

describe('a review result that is right', () => {
  it.each(textsOf('valid'))('%s is read, and its schema accepts it', (_, text) => {
    const { $schema: _schema, ...result } = JSON.parse(text)
    expect(parseReviewResult(text)).toEqual({ ok: true, result })
    expect(validate(JSON.parse(text))).toBe(true)
  })

  it('may begin with a byte-order mark', () => {
    expect(parseReviewResult('\ufeff{ "schema_version": 1, "findings": [], "verdict": "approved" }').ok).toBe(true)
  })
})

describe('a review result that is wrong', () => {
  it.each(textsOf('malformed'))('%s is told with a hint, and its schema refuses it', (name, text) => {
    const parsed = parseReviewResult(text)
    const faults = parsed.ok ? [] : parsed.faults
    expect(faults.map(({ code }) => code)).toEqual(MALFORMED[name]?.faults)
    expect(faults[0]?.message).toBe(MALFORMED[name]?.says)
    expect(faults.map(({ hint }) => hint)).not.toContain('')
    expect(validate(JSON.parse(text))).toBe(false)
  })

  it('has a file for each line of the table', () => {
    expect(
      textsOf('malformed')
        .map(([name]) => name)
        .sort(),
    ).toEqual(Object.keys(MALFORMED).sort())
  })

  it.each(['', '{', 'approved', "{ 'verdict': 1 }"])('%j is not JSON', (text) => {
    expect(parseReviewResult(text)).toMatchObject({ ok: false, faults: [{ code: 'not-json' }] })
  })

  it('may have no more findings than stand on a page', () => {
    const findings = Array.from({ length: 13 }, () => ({ severity: 'note', where: 'a', text: 'b'.repeat(2_000) }))
    const result = { schema_version: 1, findings, verdict: 'continue' }
    expect(parseReviewResult(JSON.stringify(result))).toMatchObject({
      ok: false,
      faults: [{ code: 'too-long', message: 'The findings have 26013 characters together; 25000 are allowed.' }],
    })
    expect(parseReviewResult(JSON.stringify({ ...result, findings: findings.slice(1) })).ok).toBe(true)
    expect(parseReviewResult(JSON.stringify({ ...result, reviewer: 'x'.repeat(400_000) }))).toMatchObject({
      faults: [{ code: 'too-long' }],
    })
  })

  it('holds no half of a character, which no text of the ledger can keep', () => {
    const text =
      '{ "schema_version": 1, "findings": [{ "severity": "note", "where": "a", "text": "\\ud83d" }], "verdict": "continue", "revised_plan": "\\ude00" }'
    expect(parseReviewResult(text)).toMatchObject({
      ok: false,
      faults: [
        { code: 'half-character', message: '`revised_plan` holds half a character.' },
        { code: 'half-character', message: '`findings[0].text` holds half a character.' },
      ],
    })
  })
})

it('the schema agrees with the parser on made-up results', () => {
  const value = fc.oneof(
    fc.constantFrom('a', '', 'note', 'approved', 'continue'),
    fc.constantFrom(1, 2),
    fc.constant(null),
    fc.constant([]),
  )
  const finding = fc.record(
    { severity: fc.constantFrom('note', 'major', 'x'), where: value, text: value, other: value },
    { requiredKeys: ['severity', 'where'], noNullPrototype: true },
  )
  const result = fc.record(
    {
      schema_version: fc.constantFrom(1, 1, 1, 2, '1'),
      reviewer: value,
      findings: fc.array(finding, { maxLength: 2 }),
      verdict: fc.constantFrom('approved', 'continue', 'no'),
      revised_plan: value,
      other: value,
    },
    { requiredKeys: ['schema_version', 'findings'], noNullPrototype: true },
  )
  fc.assert(
    fc.property(result, (made) => {
      expect(validate(made)).toBe(parseReviewResult(JSON.stringify(made)).ok)
    }),
    { numRuns: 1_000 },
  )
})

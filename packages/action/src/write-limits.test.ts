import { describe, expect, test } from 'vitest'
import { createMemoryRunner } from '../test/memory-runner.ts'
import { sample } from '../test/sample-spec.ts'
import { cutSummary } from './cut-summary.ts'
import { createRedactor } from './redact.ts'
import type { Annotation, Level } from './run-types.ts'
import { selectAnnotations } from './select-annotations.ts'
import { writeOutcome } from './write-outcome.ts'

const many = (level: Level, count: number): Annotation[] =>
  Array.from({ length: count }, (_, index) => ({ level, message: `${level} ${index}` }))

describe('the runner keeps ten annotations of a level', () => {
  test('ten of each are all shown, errors first', () => {
    const { shown, logged } = selectAnnotations([...many('notice', 10), ...many('warning', 10), ...many('error', 10)])
    expect(shown.map(({ level }) => level)).toEqual([
      ...Array<Level>(10).fill('error'),
      ...Array<Level>(10).fill('warning'),
      ...Array<Level>(10).fill('notice'),
    ])
    expect(logged).toEqual([])
  })

  test('of thirteen, nine are shown, the tenth counts the rest, and the log has them', () => {
    const { shown, logged } = selectAnnotations(many('error', 13))
    expect(shown).toHaveLength(10)
    expect(shown[9]?.message).toContain('4 more')
    expect(logged.map(({ message }) => message)).toEqual(['error 9', 'error 10', 'error 11', 'error 12'])
  })
})

describe('the page of a step', () => {
  test('one that fits is left alone', () => {
    const page = 'x'.repeat(1_048_576)
    expect(cutSummary(page)).toBe(page)
  })

  test.each([
    ['at the end of a line', 'ä line\n'.repeat(200_000)],
    ['between characters, when it is all one line', '😀'.repeat(300_000)],
  ])('one that does not fit is cut %s and says so', (_, page) => {
    const cut = cutSummary(page)
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1_048_576)
    expect(Buffer.byteLength(cut)).toBeGreaterThan(1_048_000)
    expect(cut).toContain('This page is cut here')
    expect(cut).not.toContain('\ufffd')
  })
})

test('a page is cut before it is written', async () => {
  const runner = createMemoryRunner()
  const outcome = { decision: 'done', reasonCode: 'fine', headline: 'x', result: {}, summary: 'x'.repeat(2_000_000) } as const
  await writeOutcome(outcome, { runner, redactor: createRedactor(), spec: sample })
  expect(Buffer.byteLength(runner.summary)).toBeLessThanOrEqual(1_048_576)
})

test('a result that is too long is left out whole', async () => {
  const runner = createMemoryRunner()
  const outcome = { decision: 'done', reasonCode: 'fine', headline: 'x', result: { text: 'x'.repeat(300_000) } } as const
  await writeOutcome(outcome, { runner, redactor: createRedactor(), spec: sample })
  expect(JSON.parse(runner.outputs['result'] ?? '')).toEqual({ schema_version: 1, truncated: true, decision: 'done', reason_code: 'fine' })
})

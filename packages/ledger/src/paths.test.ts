import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BATCHES_PER_CHAPTER,
  batchPath,
  classifyPath,
  encodeKey,
  hashKey,
  receiptPath,
  statePath,
  subjectFolder,
  viewPath,
} from './paths.ts'

describe('encodeKey', () => {
  it.each([
    ['repo-123~run-9127', 'repo-123~run-9127'],
    ['a/b', 'a_2fb'],
    ['A', '_41'],
    ['a_b', 'a_5fb'],
    ['é', '_c3_a9'],
    ['..', '_2e_2e'],
    ['.git', '_2egit'],
    ['v1.2', 'v1.2'],
    ['con', '_63on'],
    ['com1.x', '_63om1.x'],
    ['ends.', 'ends_2e'],
  ])('%s becomes %s', (key, folder) => {
    expect(encodeKey(key)).toBe(folder)
  })

  it('never gives two names one folder, nor one that a file system could fold or refuse', () => {
    const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(key, key, (left, right) => {
        expect(encodeKey(left) === encodeKey(right)).toBe(left === right)
        expect(encodeKey(left)).toMatch(/^[a-z0-9_~-]([a-z0-9_.~-]{0,118}[a-z0-9_~-])?$/)
      }),
    )
    expect(encodeKey('x'.repeat(500))).not.toBe(encodeKey('x'.repeat(501)))
  })

  it.each(['', '\ud800'])('refuses what is no name: %j', (key) => {
    expect(() => encodeKey(key)).toThrow(RangeError)
  })
})

describe('the layout', () => {
  it('keeps every folder of a subject under 1,000 entries', () => {
    const entries = new Map<string, Set<string>>()
    for (let index = 0; index < 100_000; index += 1) {
      const parts = batchPath('a', index, index + 1).split('/')
      parts.forEach((part, depth) => {
        const folder = parts.slice(0, depth).join('/')
        entries.set(folder, (entries.get(folder) ?? new Set()).add(part))
      })
    }
    expect(Math.max(...[...entries.values()].map(({ size }) => size))).toBeLessThan(1_000)
  })

  it('tells by the path what a file holds', () => {
    const key = hashKey('k')
    expect(
      [
        statePath('A/b'),
        batchPath('A/b', 0, 7),
        batchPath('A/b', BATCHES_PER_CHAPTER, 7),
        receiptPath(key),
        viewPath('log/2026-11'),
        'open.json',
        'ledger.json',
        'README.md',
      ].map(classifyPath),
    ).toEqual(['state', 'batch', 'batch', 'receipt', 'view', 'open', 'ledger', 'unknown'])
    expect(batchPath('a', 0, 7).startsWith(`${subjectFolder('a')}/`)).toBe(true)
  })
})

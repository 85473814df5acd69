import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { hashFilesIn } from './hash-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'switchyard-hash-'))
afterAll(() => rmSync(folder, { recursive: true }))

const paths = ['a.txt', 'b.json', '.env', 'src/a.txt', 'src/deep/c.txt', '.hidden/d.txt', 'odd (1).txt', 'x+y/e.txt']
for (const path of paths) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), `of ${path}`)
}

test.each([
  ['a name', ['a.txt'], ['a.txt']],
  ['a path from the root', [join(folder, 'a.txt'), `!${folder}/b.json`], ['a.txt']],
  ['a name with ./ before it', ['./src/a.txt'], ['src/a.txt']],
  ['* within one folder', ['*.txt'], ['a.txt', 'odd (1).txt']],
  [
    '** over folders, those with a dot too',
    ['**/*.txt'],
    ['a.txt', 'src/a.txt', 'src/deep/c.txt', '.hidden/d.txt', 'odd (1).txt', 'x+y/e.txt'],
  ],
  ['a name with a dot', ['*env'], ['.env']],
  ['** in the middle', ['src/**/c.txt'], ['src/deep/c.txt']],
  ['** at the end', ['src/**'], ['src/a.txt', 'src/deep/c.txt']],
  ['a folder, which means all in it', ['src'], ['src/a.txt', 'src/deep/c.txt']],
  ['one character, or one of some', ['?.txt', '[bc].json'], ['a.txt', 'b.json']],
  ['what is no pattern', ['odd (1).txt', 'x+y/e.txt'], ['odd (1).txt', 'x+y/e.txt']],
  ['what is taken back, and lines', ['**/*.txt\n!src/**\n# no pattern'], ['a.txt', '.hidden/d.txt', 'odd (1).txt', 'x+y/e.txt']],
])('hashFiles takes %s', (_, patterns, expected) => {
  const hash = hashFilesIn(folder, patterns)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(hash).toBe(hashFilesIn(folder, expected))
  // Every file that is expected counts.
  if (expected.length > 1) expect(hash).not.toBe(hashFilesIn(folder, expected.slice(1)))
})

test('hashFiles is empty when nothing matches', () => {
  expect(hashFilesIn(folder, ['none', 'a.tx', 'sr', 'src/*.json'])).toBe('')
})

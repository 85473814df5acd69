import { effortOf } from '@switchyard/core/effort'
import { expect, it } from 'vitest'
import { type Alignment, type ChangedFile, decidePullRequest, type TaskPaths, type Verify } from '../../src/index.ts'
import { MAX_GLOBS } from '../../src/alignment/touched-files.ts'

const changed = (...paths: readonly string[]): readonly ChangedFile[] => paths.map((path) => ({ path }))
const task = (files: readonly string[], verify: Verify = 'ALIGNED_OR_PARTIAL') => ({ files, verify })

/** A pull request that names one task. */
function decideAlignment(named: TaskPaths, files: readonly ChangedFile[]): Alignment {
  const [only] = decidePullRequest([named], files).tasks
  if (only === undefined) throw new Error('The task was not compared')
  return only.alignment
}

it('every path touched and nothing else is ALIGNED', () => {
  expect(decideAlignment(task(['src/a.ts', 'docs/']), changed('src/a.ts', 'docs/x/y.md'))).toEqual({
    verdict: 'ALIGNED',
    conclusion: 'success',
    touched: ['src/a.ts', 'docs/'],
    missing: [],
    extra: [],
  })
})

it('one path missing, or one file too many, is PARTIAL', () => {
  const missing = decideAlignment(task(['src/a.ts', 'src/b.ts']), changed('src/a.ts'))
  expect(missing).toMatchObject({ verdict: 'PARTIAL', missing: ['src/b.ts'], extra: [] })
  const extra = decideAlignment(task(['src/a.ts']), changed('src/a.ts', 'src/c.ts'))
  expect(extra).toMatchObject({ verdict: 'PARTIAL', missing: [], extra: ['src/c.ts'] })
})

it('no path touched is DIVERGENT', () => {
  expect(decideAlignment(task(['src/a.ts']), changed('src/c.ts'))).toMatchObject({
    verdict: 'DIVERGENT',
    conclusion: 'failure',
    missing: ['src/a.ts'],
    extra: ['src/c.ts'],
  })
  expect(decideAlignment(task(['src/a.ts']), [])).toMatchObject({ verdict: 'DIVERGENT' })
})

it('a task without paths, or with Verify NONE, is neutral whatever was changed', () => {
  expect(decideAlignment(task([], 'ALIGNED'), changed('a'))).toMatchObject({ verdict: 'NEUTRAL', conclusion: 'neutral' })
  expect(decideAlignment(task(['b'], 'NONE'), changed('a'))).toMatchObject({ verdict: 'NEUTRAL', conclusion: 'neutral' })
})

it.each([
  ['ALIGNED', 'success', 'failure', 'failure'],
  ['ALIGNED_OR_PARTIAL', 'success', 'success', 'failure'],
  ['NONE', 'neutral', 'neutral', 'neutral'],
] as const)('Verify %s: aligned is a %s, partial a %s, divergent a %s', (verify, aligned, partial, divergent) => {
  const judge = (...paths: readonly string[]) => decideAlignment(task(['a', 'b'], verify), changed(...paths)).conclusion
  expect([judge('a', 'b'), judge('a'), judge('c')]).toEqual([aligned, partial, divergent])
})

it.each([
  // A name stands for itself, or for a directory and all below it.
  ['src/a.ts', 'src/a.ts', true],
  ['src/a.ts', 'src/a.tsx', false],
  ['src', 'src/deep/a.ts', true],
  ['src/', 'src/deep/a.ts', true],
  ['src/deep/', 'src/deeper/a.ts', false],
  ['./src/a.ts', 'src/a.ts', true],
  ['/src/a.ts', 'src/a.ts', true],
  ['./', 'anything/at/all', true],
  ['.', 'anything', true],
  ['Src/a.ts', 'src/a.ts', false],
  // Frameworks' names are no patterns.
  ['app/[id]/+page.svelte', 'app/[id]/+page.svelte', true],
  ['app/[id]/page.tsx', 'app/i/page.tsx', false],
  ['app/(auth)/[...rest]/*.tsx', 'app/(auth)/[...rest]/page.tsx', true],
  ['app/[id]/*.tsx', 'app/i/page.tsx', false],
  ['src/a?.ts', 'src/.ts', false],
  ['src/!(x)/*.ts', 'src/!(x)/a.ts', true],
  // Globs.
  ['src/*.ts', 'src/a.ts', true],
  ['src/*.ts', 'src/deep/a.ts', false],
  ['src/**', 'src/deep/a.ts', true],
  ['src/**', 'src', false],
  ['src/**/*.test.ts', 'src/a.test.ts', true],
  ['src/**/*.test.ts', 'src/x/y/a.test.ts', true],
  ['src/**/*.test.ts', 'src/x/y/a.ts', false],
  ['src/**/x.ts', 'srcx.ts', false],
  ['src/**/x.ts', 'src/ax.ts', false],
  ['**/README.md', 'README.md', true],
  ['**/README.md', 'docs/a/README.md', true],
  ['**/README.md', 'docs/NOREADME.md', false],
  ['**/**/README.md', 'README.md', true],
  ['src/**/test/**/*.ts', 'src/test/a.ts', true],
  ['**', 'any/where', true],
  ['*', 'any/where', false],
  ['!src/*', 'src/a', false],
  ['src/*a*b*', 'src/xaxbx', true],
  ['src/*a*b*', 'src/bxa', false],
  ['src/ab*ba', 'src/aba', false],
  ['src/*/x/**', 'src/a/b/x/y', false],
  ['src/\\*', 'src/a', false],
])('the path %s of a task and the changed file %s: %s', (entry, path, isTouched) => {
  expect(decideAlignment(task([entry]), changed(path)).verdict).toBe(isTouched ? 'ALIGNED' : 'DIVERGENT')
})

it('a renamed file counts under both names', () => {
  const renamed = [{ path: 'src/new.ts', previousPath: 'src/old.ts' }]
  expect(decideAlignment(task(['src/old.ts']), renamed)).toMatchObject({ verdict: 'ALIGNED', extra: [] })
  expect(decideAlignment(task(['src/new.ts']), renamed)).toMatchObject({ verdict: 'ALIGNED', extra: [] })
  expect(decideAlignment(task(['src/new.ts', 'src/old.ts']), renamed)).toMatchObject({ verdict: 'ALIGNED', missing: [] })
  expect(decideAlignment(task(['docs/']), renamed)).toMatchObject({ verdict: 'DIVERGENT', extra: ['src/new.ts'] })
})

it('the same path twice in a task is one', () => {
  expect(decideAlignment(task(['a', 'a']), changed('a')).touched).toEqual(['a'])
})

it('several tasks: a file that one of them names is no other’s extra', () => {
  const outcome = decidePullRequest([task(['a'], 'ALIGNED'), task(['b/'], 'ALIGNED')], changed('a', 'b/c'))
  expect(outcome).toMatchObject({ verdict: 'ALIGNED', conclusion: 'success', extra: [] })
  expect(outcome.tasks.map(({ alignment }) => alignment.verdict)).toEqual(['ALIGNED', 'ALIGNED'])
})

it('several tasks: each has its own verdict, and one that fails fails the pull request', () => {
  const outcome = decidePullRequest([task(['a']), task(['b']), task([])], changed('a', 'z'))
  expect(outcome.tasks.map(({ alignment }) => alignment.verdict)).toEqual(['PARTIAL', 'DIVERGENT', 'NEUTRAL'])
  expect(outcome).toMatchObject({ verdict: 'PARTIAL', conclusion: 'failure', extra: ['z'] })
})

it('a task that is not compared still names its files', () => {
  const outcome = decidePullRequest([task(['a'], 'ALIGNED'), task(['b'], 'NONE')], changed('a', 'b'))
  expect(outcome).toMatchObject({ verdict: 'ALIGNED', conclusion: 'success', extra: [] })
})

it('tasks that all are not compared, or none, make a neutral pull request', () => {
  expect(decidePullRequest([task([])], changed('a'))).toMatchObject({ verdict: 'NEUTRAL', conclusion: 'neutral' })
  expect(decidePullRequest([], changed('a'))).toMatchObject({ verdict: 'NEUTRAL', conclusion: 'neutral', extra: ['a'] })
})

it('globs after the first 100 of a task match nothing, and paths still do', () => {
  const globs = Array.from({ length: MAX_GLOBS }, (_, at) => `no${at}/*`)
  expect(decideAlignment(task([...globs, 'src/*', 'src/b']), changed('src/a', 'src/b'))).toMatchObject({ touched: ['src/b'] })
})

it('the largest pull request against the largest task is judged with little effort', () => {
  const files = Array.from({ length: 3_000 }, (_, at) => `${'deep/'.repeat(20)}file-${at}.ts`)
  const globs = Array.from({ length: MAX_GLOBS }, (_, at) => `**/*${'*e'.repeat(20)}${at}.x`)
  const paths = Array.from({ length: 5_000 }, (_, at) => `${'deep/'.repeat(20)}file-${at}.ts`)
  expect(decideAlignment(task(paths), changed(...files)).missing).toHaveLength(2_000)
  expect(decideAlignment(task(globs), changed(...files)).verdict).toBe('DIVERGENT')
  expect(effortOf(() => decideAlignment(task(paths), changed(...files)))).toBeLessThan(100)
  expect(effortOf(() => decideAlignment(task(globs), changed(...files)))).toBeLessThan(100)
})
